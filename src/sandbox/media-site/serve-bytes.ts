import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Clock } from '../../platform/clock/clock.js';
import type { ByteSource } from './byte-source.js';

/** Parts of a second into which a limited rate is cut. */
const SLICES_PER_SEC = 10;

export interface Manner {
  /** False: ranges are not offered and not honoured. */
  ranges?: boolean;
  /** False: there is no Content-Length, only a guess in Estimated-Content-Length. */
  isSizeTold?: boolean;
  /** A slow line. */
  bytesPerSec?: { rate: number; clock: Clock };
  /** From this byte of the file on nothing comes: the connection is cut, or stays silent. */
  stopAt?: { byte: number; then: 'cut' | 'silence' };
}

/** Answers with the bytes, or the range of them that was asked for. Gives true when all of them were sent. */
export async function serveBytes(
  request: Request,
  response: Response,
  source: ByteSource,
  { ranges = true, isSizeTold = true, bytesPerSec, stopAt }: Manner = {},
): Promise<boolean> {
  const range = ranges ? readRange(request, source) : null;
  if (range === 'unsatisfiable') {
    response.status(416).set('content-range', `bytes */${source.size}`).end();
    return false;
  }
  const { start, end } = range ?? { start: 0, end: source.size };
  response.status(range ? 206 : 200).set({
    'content-type': source.type,
    [isSizeTold ? 'content-length' : 'estimated-content-length']: String(end - start),
    etag: source.etag,
    ...(ranges ? { 'accept-ranges': 'bytes' } : {}),
    ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${source.size}` } : {}),
  });
  response.flushHeaders();
  if (request.method === 'HEAD') {
    response.end();
    return false;
  }

  const stop = stopAt && stopAt.byte < end ? stopAt : undefined;
  const bytes = source.read(start, Math.max(start, stop?.byte ?? end));
  const paced = bytesPerSec ? slowly(bytes, bytesPerSec.rate, bytesPerSec.clock) : bytes;
  try {
    await pipeline(Readable.from(paced), response, { end: !stop });
  } catch {
    // The client has gone, as players and cancelled downloads do.
    return false;
  }
  if (stop?.then === 'cut') response.socket?.destroySoon();
  if (stop?.then === 'silence') await once(response, 'close');
  return !stop;
}

function readRange(request: Request, source: ByteSource): { start: number; end: number } | 'unsatisfiable' | null {
  const condition = request.get('if-range');
  if (condition !== undefined && condition !== source.etag) return null;
  const parsed = request.range(source.size, { combine: true });
  if (parsed === -1) return 'unsatisfiable';
  if (parsed === undefined || parsed === -2 || parsed.type !== 'bytes') return null;
  const [first] = parsed;
  return first ? { start: first.start, end: first.end + 1 } : null;
}

async function* slowly(bytes: AsyncIterable<Buffer>, rate: number, clock: Clock): AsyncIterable<Buffer> {
  const sliceBytes = Math.max(1, Math.round(rate / SLICES_PER_SEC));
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      const slice = chunk.subarray(at, at + sliceBytes);
      yield slice;
      await clock.delay((slice.length * 1000) / rate);
    }
  }
}
