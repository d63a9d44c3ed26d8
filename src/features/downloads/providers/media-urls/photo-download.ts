import { join } from 'node:path';
import type { Clock } from '../../../../platform/clock/clock.js';
import type { EgressResponse } from '../../../../platform/http/index.js';
import { ProviderError } from '../../errors/provider-error.js';
import { askFor, bodyError, type MediaFileRequest, statusError } from '../media-file/open-file.js';
import { OutputFile } from '../media-file/output-file.js';
import type { DownloadedMedia } from '../provider.js';
import { StallClock } from '../stall-clock.js';
import { pictureExtension } from './picture.js';

/** More than any platform keeps, and little enough to be held in memory. */
const MAX_PHOTO_BYTES = 20 * 1024 * 1024;

/**
 * Fetches one photo, over one connection.
 * @param onBytes how many have come so far
 * @throws ProviderError, what `EgressFetch` throws, or the signal's reason when it was aborted
 */
export function downloadPhoto(
  request: MediaFileRequest,
  clock: Clock,
  onBytes: (bytes: number) => void,
): Promise<DownloadedMedia> {
  const stallClock = new StallClock(clock, request.stallMs);
  stallClock.downloading(0);
  return stallClock.guard(request.signal, async (signal) => {
    signal.throwIfAborted();
    const askedAt = clock.now().getTime();
    const response = await askFor(request, {}, signal);
    if (response.status >= 400) throw statusError(response, request.platform, clock);
    const ttfbMs = clock.now().getTime() - askedAt;
    const photo = await read(response, request, (bytes) => {
      stallClock.downloading(bytes);
      onBytes(bytes);
    });
    const path = await write(photo, request.folder);
    return { path, title: null, expectedDurationSec: null, bytes: photo.length, ttfbMs };
  });
}

async function read(
  { body }: EgressResponse,
  { url, maxBytes }: MediaFileRequest,
  onBytes: (bytes: number) => void,
): Promise<Buffer> {
  const limit = Math.min(MAX_PHOTO_BYTES, maxBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limit) throw new ProviderError('CONTENT_TOO_LARGE', `the photo has more than ${limit} bytes`);
      chunks.push(chunk);
      onBytes(bytes);
    }
  } catch (error) {
    throw bodyError(error, url);
  }
  return Buffer.concat(chunks);
}

async function write(photo: Buffer, folder: string): Promise<string> {
  const extension = pictureExtension(photo);
  if (extension === null) throw new ProviderError('PROVIDER_BUG', 'there is no photo at the address that the API gave');
  const output = await OutputFile.create(join(folder, `photo.${extension}`), null);
  try {
    await output.write(photo, 0);
  } finally {
    await output.close();
  }
  return output.path;
}
