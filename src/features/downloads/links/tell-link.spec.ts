import { createHash } from 'node:crypto';
import { tellLink } from './tell-link.js';
import type { MediaLink } from './media-link.js';

const ID = 'dQw4w9WgXcQ';
const WATCH = `https://www.youtube.com/watch?v=${ID}`;
const SHORT = `https://www.youtube.com/shorts/${ID}`;
const REFUSED = { refused: 'unsupported' };

const direct = (canonicalUrl: string): MediaLink => ({
  platform: 'direct',
  mediaKey: `direct:${createHash('sha256').update(canonicalUrl).digest('hex')}`,
  canonicalUrl,
});

describe('tellLink', () => {
  it.each([
    `https://www.youtube.com/watch?v=${ID}`,
    `https://youtube.com/watch?v=${ID}&list=PL123&index=2&t=42s`,
    `https://www.youtube.com/watch?app=desktop&feature=share&v=${ID}`,
    `http://m.youtube.com/watch?v=${ID}`,
    `https://music.youtube.com/watch?v=${ID}&si=abc`,
    `https://gaming.youtube.com/watch?v=${ID}`,
    `https://www.youtube-nocookie.com/embed/${ID}?autoplay=1`,
    `https://www.youtubekids.com/watch?v=${ID}`,
    `https://www.youtube.com/watch/${ID}`,
    `https://www.youtube.com/live/${ID}?feature=shared`,
    `https://www.youtube.com/embed/${ID}`,
    `https://www.youtube.com/v/${ID}`,
    `https://www.youtube.com/e/${ID}`,
    `https://youtu.be/${ID}`,
    `https://youtu.be/${ID}?si=xyz&t=10`,
    `https://youtu.be/${ID}&feature=share`,
    `https://www.youtu.be/${ID}/`,
    `HTTPS://YOUTU.BE/${ID}`,
    `https://user:secret@www.youtube.com:8443/watch?v=${ID}#t=10`,
    `https://www.youtube.com./watch?v=${ID}`,
    ` https://www.youtube.com/wat\u0000ch?v=${ID}\n`,
  ])('tells the YouTube video of %j', (url) => {
    expect(tellLink(url, { directEnabled: false })).toEqual({
      platform: 'youtube',
      mediaKey: `youtube:${ID}`,
      canonicalUrl: WATCH,
    });
  });

  it.each([
    `https://www.youtube.com/shorts/${ID}`,
    `https://youtube.com/shorts/${ID}?feature=share&si=1`,
    `https://m.youtube.com/shorts/${ID}/`,
    `https://youtu.be/shorts/${ID}`,
  ])('tells the short of %j, which is the same medium as the video', (url) => {
    expect(tellLink(url, { directEnabled: false })).toEqual({
      platform: 'youtube_shorts',
      mediaKey: `youtube:${ID}`,
      canonicalUrl: SHORT,
    });
  });

  it.each<[string, string, string]>([
    ['https://www.tiktok.com/@some.one/video/7301234567890123456', '7301234567890123456', '@some.one/video'],
    [
      'https://tiktok.com/@some.one/video/7301234567890123456?is_from_webapp=1&_t=8x',
      '7301234567890123456',
      '@some.one/video',
    ],
    ['https://m.tiktok.com/@some.one/video/7301234567890123456/', '7301234567890123456', '@some.one/video'],
    ['https://www.tiktok.com/@some.one/photo/7301234567890123456', '7301234567890123456', '@some.one/video'],
    ['https://www.tiktok.com/@/video/7301234567890123456', '7301234567890123456', '@_/video'],
    ['https://m.tiktok.com/v/7301234567890123456.html?u_code=1', '7301234567890123456', '@_/video'],
    ['https://www.tiktok.com/embed/7301234567890123456', '7301234567890123456', '@_/video'],
    ['https://www.tiktok.com/embed/v2/7301234567890123456', '7301234567890123456', '@_/video'],
    ['https://www.tiktok.com/player/v1/7301234567890123456', '7301234567890123456', '@_/video'],
    ['https://www.tiktok.com/share/video/7301234567890123456', '7301234567890123456', '@_/video'],
  ])('tells the TikTok video of %s', (url, id, path) => {
    expect(tellLink(url, { directEnabled: false })).toEqual({
      platform: 'tiktok',
      mediaKey: `tiktok:${id}`,
      canonicalUrl: `https://www.tiktok.com/${path}/${id}`,
    });
  });

  it.each([
    'https://www.instagram.com/p/C1a2B3c4D5e/',
    'https://instagram.com/p/C1a2B3c4D5e?igsh=abc==',
    'https://www.instagram.com/reel/C1a2B3c4D5e/?utm_source=ig_web_copy_link&igsh=x',
    'https://www.instagram.com/reels/C1a2B3c4D5e/',
    'https://www.instagram.com/tv/C1a2B3c4D5e/',
    'https://m.instagram.com/some.one/reel/C1a2B3c4D5e/',
    'https://instagr.am/p/C1a2B3c4D5e/',
  ])('tells the Instagram post of %s', (url) => {
    expect(tellLink(url, { directEnabled: false })).toEqual({
      platform: 'instagram',
      mediaKey: 'instagram:C1a2B3c4D5e',
      canonicalUrl: 'https://www.instagram.com/p/C1a2B3c4D5e/',
    });
  });

  it('tells an Instagram story', () => {
    expect(
      tellLink('https://instagram.com/stories/some.one/3312345678901234567?igsh=1', { directEnabled: false }),
    ).toEqual({
      platform: 'instagram',
      mediaKey: 'instagram:3312345678901234567',
      canonicalUrl: 'https://www.instagram.com/stories/some.one/3312345678901234567/',
    });
  });

  it.each([
    'https://www.pinterest.com/pin/1234567890/',
    'https://pinterest.com/pin/1234567890',
    'https://ru.pinterest.com/pin/1234567890/?mt=login',
    'https://www.pinterest.de/pin/1234567890/',
    'https://www.pinterest.co.uk/pin/1234567890/sent/?invite_code=1',
    'https://www.pinterest.com.au/pin/a-nice-chair--1234567890/',
    'https://in.pinterest.com/pin/1234567890/#comments',
  ])('tells the pin of %s', (url) => {
    expect(tellLink(url, { directEnabled: false })).toEqual({
      platform: 'pinterest',
      mediaKey: 'pinterest:1234567890',
      canonicalUrl: 'https://www.pinterest.com/pin/1234567890/',
    });
  });

  it.each<[string, MediaLink['platform'], string]>([
    ['https://vm.tiktok.com/ZMabc123/', 'tiktok', 'https://vm.tiktok.com/ZMabc123/'],
    ['https://vt.tiktok.com/ZSabc123?k=1', 'tiktok', 'https://vm.tiktok.com/ZSabc123/'],
    ['https://www.tiktok.com/t/ZTabc123/', 'tiktok', 'https://www.tiktok.com/t/ZTabc123/'],
    ['https://pin.it/4aBcDeF', 'pinterest', 'https://pin.it/4aBcDeF'],
    ['https://www.instagram.com/share/reel/BAabc-1_/', 'instagram', 'https://www.instagram.com/share/reel/BAabc-1_/'],
    ['https://www.instagram.com/share/BAabc-1_', 'instagram', 'https://www.instagram.com/share/BAabc-1_/'],
  ])('leaves the short link %s without a key', (url, platform, canonicalUrl) => {
    expect(tellLink(url, { directEnabled: false })).toEqual({ platform, mediaKey: null, canonicalUrl });
  });

  it.each<[string, string]>([
    ['https://cdn.example.com/a.mp4', 'https://cdn.example.com/a.mp4'],
    ['HTTP://CDN.Example.COM:80/A.mp4#x', 'http://cdn.example.com/A.mp4'],
    ['http://127.0.0.1:3001/ok.mp4', 'http://127.0.0.1:3001/ok.mp4'],
    ['https://me:secret@cdn.example.com/a.mp4', 'https://cdn.example.com/a.mp4'],
    [
      'https://cdn.example.com/a.mp4?utm_source=x&b=2&a=1&fbclid=3&gclid=4&si=5',
      'https://cdn.example.com/a.mp4?a=1&b=2',
    ],
    ['https://cdn.example.com/a.mp4?utm_source=x', 'https://cdn.example.com/a.mp4'],
    ['https://cdn.example.com/a.mp4?sign=a%2Fb+c&b&a=2&a=1', 'https://cdn.example.com/a.mp4?a=2&a=1&b&sign=a%2Fb+c'],
    ['https://видео.рф/кот.mp4', 'https://xn--b1aedk6a.xn--p1ai/%D0%BA%D0%BE%D1%82.mp4'],
    ['https://cdn.example.com/a\u0007b\u0000.mp4', 'https://cdn.example.com/ab.mp4'],
    ['https://youtube.com.example.org/watch?v=dQw4w9WgXcQ', 'https://youtube.com.example.org/watch?v=dQw4w9WgXcQ'],
    ['https://notyoutube.com/watch?v=dQw4w9WgXcQ', 'https://notyoutube.com/watch?v=dQw4w9WgXcQ'],
    ['https://i.pinimg.com/a.mp4', 'https://i.pinimg.com/a.mp4'],
  ])('takes %j for a direct link only when they are enabled', (url, canonicalUrl) => {
    expect(tellLink(url, { directEnabled: true })).toEqual(direct(canonicalUrl));
    expect(tellLink(url, { directEnabled: false })).toEqual(REFUSED);
  });

  it.each([
    '',
    'hello',
    'https://',
    'ftp://example.com/a.mp4',
    'file:///etc/passwd',
    'javascript:alert(1)',
    `https://example.com/${'a'.repeat(3_000)}`,
    'https://www.youtube.com/',
    'https://www.youtube.com/@channel',
    'https://www.youtube.com/playlist?list=PL123',
    'https://www.youtube.com/watch?v=short',
    'https://www.youtube.com/watch?v=dQw4w9WgXcQQ',
    'https://youtu.be/',
    'https://www.tiktok.com/@some.one',
    'https://www.instagram.com/some.one/',
    'https://www.instagram.com/stories/highlights/17900000000000000/',
    'https://www.pinterest.com/some/board/',
    'https://www.pinterest.com/pin/create/button/',
  ])('refuses %.80j even when direct links are enabled', (url) => {
    expect(tellLink(url, { directEnabled: true })).toEqual(REFUSED);
  });
});
