import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';

/** Bytes that can be read from any place without being held in memory. */
export interface ByteSource {
  size: number;
  type: string;
  etag: string;
  /** `end` is not included. */
  read(start: number, end: number): AsyncIterable<Buffer>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.webm': 'video/webm',
  '.ts': 'video/mp2t',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.jpg': 'image/jpeg',
};

/** Header of an ISO base media box: length and name. */
const BOX_HEADER_BYTES = 8;

/** What padding is made of; not zeros, which some disks and networks make light of. */
const PADDING = Buffer.from(Array.from({ length: 64 * 1024 }, (_, index) => (index * 167 + (index >> 8)) & 0xff));

export async function fileSource(path: string): Promise<ByteSource> {
  const { size, mtimeMs } = await stat(path);
  return {
    size,
    type: TYPES[extname(path)] ?? 'video/mp4',
    etag: `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`,
    read: (start, end) => fileBytes(path, start, end),
  };
}

/** An MP4 grown to `size` bytes by a `free` box at its end, which players skip. The same bytes every time. */
export function paddedSource(video: ByteSource, size: number): ByteSource {
  const header = Buffer.alloc(BOX_HEADER_BYTES);
  header.writeUInt32BE(size - video.size, 0);
  header.write('free', 4, 'latin1');
  const paddingStart = video.size + BOX_HEADER_BYTES;
  return {
    ...video,
    size,
    etag: `"${size.toString(36)}-${video.etag.slice(1)}`,
    async *read(start, end) {
      if (start < video.size) yield* video.read(start, Math.min(end, video.size));
      if (start < paddingStart && end > video.size) {
        yield header.subarray(Math.max(start - video.size, 0), end - video.size);
      }
      for (let at = Math.max(start, paddingStart); at < end;) {
        const phase = at % PADDING.length;
        const chunk = PADDING.subarray(phase, Math.min(PADDING.length, phase + end - at));
        yield chunk;
        at += chunk.length;
      }
    },
  };
}

async function* fileBytes(path: string, start: number, end: number): AsyncIterable<Buffer> {
  if (start >= end) return;
  for await (const chunk of createReadStream(path, { start, end: end - 1 })) yield chunk as Buffer;
}
