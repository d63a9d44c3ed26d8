import type { Platform } from '../../links/media-link.js';
import { chooseMedia } from './choose-media.js';
import replies from './fixtures/replies.json';
import { readPost } from './post.js';

type Reply = keyof typeof replies;

const choose = (reply: Reply, platform: Platform, quality = 'best', kind: 'video' | 'audio' = 'video') =>
  chooseMedia(readPost(replies[reply]), platform, { quality, kind });

describe('chooseMedia', () => {
  it.each<[string, Reply, Platform, string, string]>([
    ['no watermark, and the better of these', 'tiktok', 'tiktok', 'best', 'https://v16.example/hd'],
    ['MP4 with sound that is not on googlevideo.com', 'youtube', 'youtube', 'best', 'https://cdn.example/480'],
    ['nothing above the wish', 'youtube', 'youtube', '360', 'https://cdn.example/360'],
    ['the lowest where all are above it', 'youtube', 'youtube', '144', 'https://cdn.example/360'],
  ])('takes %s', (_, reply, platform, quality, url) => {
    expect(choose(reply, platform, quality)).toEqual({ kind: 'file', file: { url, kind: 'video' } });
  });

  it.each<[Reply, Platform, string]>([
    ['tiktok', 'tiktok', 'https://v16.example/sound'],
    ['youtube', 'youtube', 'https://rr1.googlevideo.com/m4a'],
    ['carousel', 'instagram', 'https://cdn.example/music.mp3'],
  ])('takes the sound of %s when that is wished', (reply, platform, url) => {
    expect(choose(reply, platform, 'best', 'audio')).toEqual({ kind: 'file', file: { url, kind: 'audio' } });
  });

  it('takes a video where there is no sound alone', () => {
    const file = { url: 'https://cdn.example/1.mp4', kind: 'video' };
    expect(choose('videos', 'youtube', 'best', 'audio')).toEqual({ kind: 'file', file });
  });

  it('takes all of a carousel, in its order', () => {
    const files = [
      { url: 'https://cdn.example/1.jpg', kind: 'photo' },
      { url: 'https://cdn.example/2.mp4', kind: 'video' },
      { url: 'https://cdn.example/3.jpg', kind: 'photo' },
    ];
    expect(choose('carousel', 'instagram')).toEqual({ kind: 'album', files });
    expect(choose('videos', 'instagram')).toMatchObject({ kind: 'album', files: { length: 2 } });
  });

  it('takes a photo for an album of one', () => {
    const files = [{ url: 'https://cdn.example/chair.jpg', kind: 'photo' }];
    expect(choose('photo', 'pinterest')).toEqual({ kind: 'album', files });
  });

  it.each<Reply>(['sound', 'empty', 'junk'])('takes nothing of %s', (reply) => {
    expect(choose(reply, 'instagram')).toBeNull();
  });
});

describe('readPost', () => {
  it('leaves out what cannot be fetched', () => {
    expect(readPost(replies.carousel).media).toHaveLength(4);
    expect(readPost(replies.junk)).toEqual({ title: null, isMultiple: false, media: [] });
  });
});
