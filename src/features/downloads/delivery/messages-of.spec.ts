import type { ReadyFile } from '../downloads.frontend.js';
import type { MediaKind } from './sent-file.js';
import { messagesOf } from './messages-of.js';

const LIMIT = 50;
const size = { width: null, height: null, durationSec: null };
const known = (kind: MediaKind, fileId: string): ReadyFile => ({ kind, source: { fileId }, ...size });
const fresh = (sizeBytes: number): ReadyFile => ({
  kind: 'video',
  source: { storageKey: String(sizeBytes), thumbnailKey: null, sizeBytes },
  ...size,
});
const photos = (count: number) => Array.from({ length: count }, (_, index) => known('photo', `p${index}`));

describe('messagesOf', () => {
  const shapes = (files: ReadyFile[]) =>
    messagesOf(files, LIMIT).map((message) =>
      message.map(({ source }) => ('fileId' in source ? source.fileId : source.sizeBytes)),
    );

  it.each([
    [1, [1]],
    [2, [2]],
    [10, [10]],
    [11, [10, 1]],
    [25, [10, 10, 5]],
  ])('puts %i photos into messages of %j', (count, lengths) => {
    const messages = shapes(photos(count));
    expect(messages.map(({ length }) => length)).toEqual(lengths);
    expect(messages.flat()).toEqual(photos(count).map((_, index) => `p${index}`));
  });

  it('keeps photos and videos together in their order, documents and sound apart', () => {
    const post = [
      known('photo', 'a'),
      known('audio', 'b'),
      known('video', 'c'),
      known('document', 'd'),
      known('photo', 'e'),
    ];
    expect(shapes(post)).toEqual([['a', 'c', 'e'], ['d'], ['b']]);
  });

  it('uploads no more in one call than Telegram takes', () => {
    expect(shapes([fresh(20), fresh(30), fresh(1), fresh(50), fresh(60)])).toEqual([[20, 30], [1], [50], [60]]);
  });
});
