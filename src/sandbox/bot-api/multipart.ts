import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy, { type FileInfo } from 'busboy';
import { mimeTypeOf } from '../world/mime-types.js';
import { BotApiError } from './errors.js';
import { Params, type Upload } from './params.js';

const MAX_FIELD_BYTES = 1024 * 1024;

export interface UploadTarget {
  /** Where parts are streamed to. */
  folder: string;
  limitBytes: number;
}

/**
 * Files go to disk as they come: a body of a gigabyte takes no memory. What is too big is read to its end all the same,
 * because a client that is still writing does not look for an answer; then the call fails with 413.
 */
export async function readMultipart(request: IncomingMessage, target: UploadTarget): Promise<Params> {
  const values: Record<string, unknown> = {};
  const uploads = new Map<string, Upload>();
  const writes: Promise<void>[] = [];
  const tooLarge: string[] = [];

  const parser = busboy({
    headers: request.headers,
    defParamCharset: 'utf8',
    limits: { fileSize: target.limitBytes, fieldSize: MAX_FIELD_BYTES },
  });
  parser.on('field', (name, value) => (values[name] = value));
  parser.on('file', (field, stream, info) => {
    const upload = describe(info, join(target.folder, randomUUID()));
    uploads.set(field, upload);
    stream.on('limit', () => tooLarge.push(field));
    writes.push(save(stream, upload));
  });

  try {
    await pipeline(request, parser);
    await Promise.all(writes);
    if (tooLarge.length > 0) throw new BotApiError(413, 'Request Entity Too Large');
  } catch (error) {
    await Promise.allSettled(writes);
    await discard(uploads.values());
    throw error;
  }
  return new Params(values, uploads);
}

/** Removes the parts that no method has made a file of. */
export async function discard(uploads: Iterable<Upload>): Promise<void> {
  await Promise.all([...uploads].filter(({ stored }) => !stored).map(({ path }) => rm(path, { force: true })));
}

function describe({ filename, mimeType }: Partial<FileInfo>, path: string): Upload {
  const name = filename ?? 'file';
  const isTelling = mimeType !== undefined && !['application/octet-stream', 'text/plain'].includes(mimeType);
  return { path, name, mimeType: isTelling ? mimeType : mimeTypeOf(name), size: 0 };
}

async function save(stream: Readable, upload: Upload): Promise<void> {
  const file = createWriteStream(upload.path);
  await pipeline(stream, file);
  upload.size = file.bytesWritten;
}
