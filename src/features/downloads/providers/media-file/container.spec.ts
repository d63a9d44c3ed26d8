import { mediaExtension } from './container.js';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat([...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))]);
const packet = Buffer.concat([Buffer.from([0x47]), Buffer.alloc(187, 1)]);

describe('mediaExtension', () => {
  it.each<[string, Buffer]>([
    ['mp4', bytes([0, 0, 0, 32], 'ftypisom')],
    ['mp4', bytes([0, 0, 0, 24], 'ftypmp42')],
    ['mp4', bytes([0, 0, 0, 24], 'ftypiso5')],
    ['mp4', bytes([0, 0, 0, 24], 'ftyp3gp5')],
    ['m4a', bytes([0, 0, 0, 32], 'ftypM4A ')],
    ['mov', bytes([0, 0, 0, 20], 'ftypqt  ')],
    ['mov', bytes([0, 0, 0, 8], 'wide')],
    ['webm', bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm')],
    ['mkv', bytes([0x1a, 0x45, 0xdf, 0xa3, 0x93, 0x42, 0x82, 0x88], 'matroska')],
    ['ts', Buffer.concat([packet, packet, packet])],
    ['avi', bytes('RIFF', [1, 2, 3, 4], 'AVI LIST')],
    ['wav', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
    ['flv', bytes('FLV', [1, 5])],
    ['wmv', Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex')],
    ['mpg', bytes([0, 0, 1, 0xba, 0x44])],
    ['ogg', bytes('OggS', [0, 2])],
    ['flac', bytes('fLaC', [0])],
    ['gif', bytes('GIF89a')],
    ['mp3', bytes('ID3', [4, 0])],
    ['mp3', bytes([0xff, 0xfb, 0x90, 0x44])],
    ['aac', bytes([0xff, 0xf1, 0x50, 0x80])],
  ])('tells %s', (extension, head) => {
    expect(mediaExtension(head)).toBe(extension);
  });

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['one byte', bytes([0xff])],
    ['a page', bytes('<!doctype html><html>')],
    ['a playlist', bytes('#EXTM3U\n#EXT-X-VERSION:3')],
    ['a manifest', bytes('<?xml version="1.0"?><MPD>')],
    ['a JPEG', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF')],
    ['a PNG', bytes([0x89], 'PNG\r\n', [0x1a, 10])],
    ['an AVIF picture', bytes([0, 0, 0, 32], 'ftypavif')],
    ['an HEIC picture', bytes([0, 0, 0, 32], 'ftypheic')],
    ['a WebP picture', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
    ['a PDF', bytes('%PDF-1.7')],
    ['an archive', bytes('PK', [3, 4])],
    ['text with a G', bytes('G'.repeat(100))],
    ['UTF-16 text', bytes([0xff, 0xfe, 0x61, 0])],
    ['zeros', Buffer.alloc(1_024)],
  ])('finds no medium in %s', (_, head) => {
    expect(mediaExtension(head)).toBeNull();
  });
});
