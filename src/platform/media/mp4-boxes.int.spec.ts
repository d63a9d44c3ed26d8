import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mp4Layout } from './mp4-boxes.js';

const folder = mkdtempSync(join(tmpdir(), 'boxes-'));
afterAll(() => rmSync(folder, { recursive: true }));

function box(type: string, length = 8, declared = length): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE(declared, 0);
  bytes.write(type, 4, 'latin1');
  return bytes;
}

function longBox(type: string, length: bigint): Buffer {
  const bytes = box(type, 16, 1);
  bytes.writeBigUInt64BE(length, 8);
  return bytes;
}

describe('the index of an MP4', () => {
  it.each<[string, Buffer[], boolean | null]>([
    ['the index first', [box('ftyp', 24), box('free'), box('moov', 100), box('mdat', 50)], true],
    ['the data first', [box('ftyp', 24), box('free'), box('mdat', 50), box('moov', 100)], false],
    ['after a box with a long size', [box('ftyp'), longBox('free', 16n), box('moov')], true],
    ['data up to the end', [box('ftyp'), box('mdat', 50, 0)], false],
    ['neither', [box('ftyp', 24)], null],
    ['a box up to the end before them', [box('ftyp'), box('free', 8, 0), box('moov')], null],
    ['a box that is too short', [box('ftyp'), box('free', 8, 4), box('moov')], null],
    ['a long size that cannot be', [box('ftyp'), longBox('free', 2n ** 63n), box('moov')], null],
    [
      'more boxes than anybody needs',
      [box('ftyp'), ...Array.from({ length: 2000 }, () => box('free')), box('moov')],
      null,
    ],
    ['another format', [Buffer.from('\x1aE\xdf\xa3 this is Matroska, moov mdat')], null],
    ['nothing', [], null],
  ])('%s', async (name, boxes, expected) => {
    const file = join(folder, name);
    writeFileSync(file, Buffer.concat(boxes));
    expect((await mp4Layout(file)).indexInFront).toBe(expected);
  });
});

describe('an MP4 that is cut off', () => {
  it.each<[string, Buffer[], boolean]>([
    ['whole', [box('ftyp', 24), box('moov', 100), box('mdat', 50)], false],
    ['half of its data', [box('ftyp', 24), box('moov', 100), box('mdat', 50, 100)], true],
    ['half of its index', [box('ftyp', 24), box('mdat', 50), box('moov', 50, 100)], true],
    ['data up to the end, wherever that is', [box('ftyp'), box('moov'), box('mdat', 50, 0)], false],
    ['a few bytes after the last box', [box('ftyp'), box('moov'), box('mdat', 50), Buffer.alloc(3)], false],
    ['other than an MP4', [Buffer.from('an ID3 tag, or whatever else there is')], false],
  ])('%s', async (name, boxes, expected) => {
    const file = join(folder, name);
    writeFileSync(file, Buffer.concat(boxes));
    expect((await mp4Layout(file)).isCutOff).toBe(expected);
  });
});
