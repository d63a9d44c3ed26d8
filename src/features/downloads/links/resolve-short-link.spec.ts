import type { MediaLink } from './media-link.js';
import { resolveShortLink } from './resolve-short-link.js';

describe('resolveShortLink', () => {
  const shortLink: MediaLink = { platform: 'tiktok', mediaKey: null, canonicalUrl: 'https://vm.tiktok.com/ZMabc/' };

  it('follows a short link to its medium', async () => {
    const follow = vi.fn(async () => 'https://www.tiktok.com/@a/video/73?_r=1');
    expect(await resolveShortLink(shortLink, follow)).toEqual({
      platform: 'tiktok',
      mediaKey: 'tiktok:73',
      canonicalUrl: 'https://www.tiktok.com/@a/video/73',
    });
    expect(follow).toHaveBeenCalledExactlyOnceWith('https://vm.tiktok.com/ZMabc/');
  });

  it('asks nobody about a link that has its key', async () => {
    const link: MediaLink = {
      platform: 'tiktok',
      mediaKey: 'tiktok:73',
      canonicalUrl: 'https://www.tiktok.com/@a/video/73',
    };
    const follow = vi.fn(async () => '');
    expect(await resolveShortLink(link, follow)).toBe(link);
    expect(follow).not.toHaveBeenCalled();
  });

  it.each([
    'https://www.tiktok.com/',
    'https://vm.tiktok.com/again',
    'https://www.instagram.com/p/C1a2B3c4D5e/',
    'https://evil.example/video/73',
    'not an address',
  ])('leaves a short link that leads to %s without a key', async (end) => {
    expect(await resolveShortLink(shortLink, async () => end)).toMatchObject({ platform: 'tiktok', mediaKey: null });
  });

  it('passes on why it could not be followed', async () => {
    const follow = async () => Promise.reject(new Error('unreachable'));
    await expect(resolveShortLink(shortLink, follow)).rejects.toThrow('unreachable');
  });
});
