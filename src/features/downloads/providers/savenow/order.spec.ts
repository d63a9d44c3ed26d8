import type { MediaLink } from '../../links/media-link.js';
import type { Wish } from '../provider.js';
import { formatOf, orderOf, patienceMs, priceFactor } from './order.js';

const HOUR = 3_600;
const best: Wish = { quality: 'best', kind: 'video' };
const link: MediaLink = {
  platform: 'youtube_shorts',
  mediaKey: 'youtube:dQw4w9WgXcQ',
  canonicalUrl: 'https://www.youtube.com/shorts/dQw4w9WgXcQ',
};

describe('orderOf', () => {
  it.each([
    ['best', '1080'],
    ['4320', '8k'],
    ['2160', '4k'],
    ['1440', '1440'],
    ['1080', '1080'],
    ['1000', '720'],
    ['480', '480'],
    ['100', '144'],
  ])('asks for %s as %s', (quality, format) => {
    expect(formatOf({ quality, kind: 'video' })).toBe(format);
  });

  it('asks for sound alone', () => {
    expect(formatOf({ quality: 'best', kind: 'audio' })).toBe('m4a');
  });

  it('asks for Shorts as videos, with what is known of them', () => {
    expect(orderOf({ link, wish: best, durationSec: 30 })).toEqual({
      format: '1080',
      url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      add_info: 1,
    });
  });

  it.each([
    [null, undefined],
    [1.5 * HOUR, undefined],
    [1.5 * HOUR + 1, 1],
  ])('of %s s: allow_extended_duration is %s', (durationSec, allowed) => {
    expect(orderOf({ link, wish: best, durationSec }).allow_extended_duration).toBe(allowed);
  });
});

describe('priceFactor', () => {
  it.each([
    [0, 1],
    [1.5 * HOUR, 1],
    [1.5 * HOUR + 1, 3],
    [3 * HOUR, 3],
    [3 * HOUR + 1, 5],
    [5 * HOUR, 5],
  ])('%i s cost %i times as much', (durationSec, factor) => {
    expect(priceFactor(durationSec)).toBe(factor);
  });
});

describe('patienceMs', () => {
  it('is greater with what takes longer', () => {
    expect(patienceMs({ wish: best, durationSec: null })).toBe(300_000);
    expect(patienceMs({ wish: best, durationSec: 2 * HOUR })).toBe(900_000);
    expect(patienceMs({ wish: { quality: '2160', kind: 'video' }, durationSec: 60 })).toBe(900_000);
    expect(patienceMs({ wish: { quality: '2160', kind: 'audio' }, durationSec: 60 })).toBe(300_000);
  });
});
