import { pictureExtension } from './picture.js';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

describe('pictureExtension', () => {
  it.each<[string, Buffer]>([
    ['jpg', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF')],
    ['png', bytes([0x89], 'PNG\r\n', [0x1a, 10])],
    ['webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
    ['gif', bytes('GIF89a')],
    ['avif', bytes([0, 0, 0, 32], 'ftypavif')],
    ['heic', bytes([0, 0, 0, 32], 'ftypheic')],
  ])('tells %s', (extension, head) => {
    expect(pictureExtension(head)).toBe(extension);
  });

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['a page', bytes('<!doctype html>')],
    ['a video', bytes([0, 0, 0, 32], 'ftypisom')],
    ['sound', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
  ])('finds no picture in %s', (_, head) => {
    expect(pictureExtension(head)).toBeNull();
  });
});
