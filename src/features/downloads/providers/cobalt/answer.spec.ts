import { textOf } from '../api/json.js';
import type { Wish } from '../provider.js';
import { extractedFrom } from './answer.js';
import replies from './fixtures/replies.json';

const NOW = new Date('2026-11-20T12:00:00Z');
const VIDEO: Wish = { quality: 'best', kind: 'video' };

interface Recorded {
  status: number;
  headers?: Record<string, string>;
  json: Record<string, unknown> | null;
}

type Name = keyof typeof replies;

function read(name: Name, wish = VIDEO) {
  const { status, headers = {}, json }: Recorded = replies[name];
  return extractedFrom({ host: 'cobalt.example', status, headers, json, words: textOf(json?.message) }, wish, NOW);
}

describe('extractedFrom', () => {
  it.each<[Name, string | null]>([
    ['tunnel', 'A film - Somebody (and others)'],
    ['redirect', null],
  ])('%s leads to a file', (name, title) => {
    const file = { url: `https://cobalt.example/${name}`, kind: 'video' };
    expect(read(name)).toEqual({ kind: 'file', file, title });
  });

  it('tells a photo by its name', () => {
    expect(read('photo')).toEqual({ kind: 'album', files: [{ url: 'https://cdn.example/p', kind: 'photo' }] });
  });

  it('takes all there is to pick, or the sound alone', () => {
    const files = [
      { url: 'https://cdn.example/1.jpg', kind: 'photo' },
      { url: 'https://cdn.example/2.mp4', kind: 'video' },
      { url: 'https://cdn.example/3.gif', kind: 'video' },
    ];
    expect(read('picker')).toEqual({ kind: 'album', files });
    const file = { url: 'https://cobalt.example/sound', kind: 'audio' };
    expect(read('picker', { ...VIDEO, kind: 'audio' })).toEqual({ kind: 'file', file, title: null });
  });

  it.each<[Name, string, number | undefined]>([
    ['localProcessing', 'PROVIDER_BUG', undefined],
    ['login', 'BLOCK_IP', undefined],
    ['rate', 'HTTP_429', 60],
    ['rateByHeader', 'HTTP_429', 41],
    ['tooLong', 'CONTENT_TOO_LONG', undefined],
    ['critical', 'PROVIDER_BUG', undefined],
    ['emptyPicker', 'PROVIDER_BUG', undefined],
    ['noUrl', 'PROVIDER_BUG', undefined],
    ['somethingNew', 'PROVIDER_BUG', undefined],
    ['codeless', 'PROVIDER_BUG', undefined],
    ['page', 'PROVIDER_BUG', undefined],
    ['proxyFails', 'UPSTREAM_5XX', undefined],
    ['proxyRefuses', 'CONFIG', undefined],
  ])('%s is %s', (name, code, retryAfterSec) => {
    expect(() => read(name)).toThrow(expect.objectContaining({ code, retryAfterSec, reportedBy: 'api' }));
  });
});
