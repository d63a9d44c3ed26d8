import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from './ffmpeg.js';
import { MediaError } from './media-error.js';
import { pictureFacts } from './picture-facts.js';
import { withTemporaryFolder } from './temporary-folder.js';

/** What is decoded at all: few bytes can promise more pixels than a machine has memory for. */
const MOST_PIXELS = 40_000_000;
/** For one block of memory: a picture of that many pixels with 8 bytes each. */
const MOST_BYTES_AT_ONCE = 8 * MOST_PIXELS;
const TIMEOUT_MS = 20_000;
const QUALITY = '4';

/** Reader and decoder by the name that `pictureFacts` has for a format: nothing else looks at the bytes. */
const FORMATS: Partial<Record<string, { demuxer: string; decoder: string }>> = {
  jpg: { demuxer: 'jpeg_pipe', decoder: 'mjpeg' },
  png: { demuxer: 'png_pipe', decoder: 'png' },
  webp: { demuxer: 'webp_pipe', decoder: 'webp' },
};

/** What shines through gets a white ground; JPEG has no transparency, and would show whatever colour lay hidden there. */
const ON_WHITE = ['format=gbrap', 'negate', 'premultiply=inplace=1', 'negate'];

export interface SmallPictureOptions {
  /** In pixels; smaller pictures keep their size. */
  longestSide: number;
  signal?: AbortSignal;
}

/** @returns a JPEG. @throws MediaError: `unreadable` when it is no whole JPEG, PNG or WebP, `too_large` */
export async function smallPicture(
  ffmpeg: Ffmpeg,
  file: string,
  { longestSide, signal }: SmallPictureOptions,
  temporaryFolder: string,
): Promise<Buffer> {
  const { format, width, height } = await pictureFacts(file);
  const kind = FORMATS[format];
  if (!kind) throw new MediaError('unreadable', `Pictures of the format ${format} are not read`);
  if (width * height > MOST_PIXELS) throw new MediaError('too_large', `${width} × ${height} pixels are not decoded`);
  const fitted = `scale=w='min(${longestSide},iw)':h='min(${longestSide},ih)':force_original_aspect_ratio=decrease`;
  return withTemporaryFolder(temporaryFolder, async (folder) => {
    const output = join(folder, 'picture.jpg');
    await ffmpeg.run({
      input: file,
      inputFormats: kind.demuxer,
      inputArgs: [
        ...['-f', kind.demuxer, '-c:v', kind.decoder],
        // The head may have lied.
        ...['-max_pixels', String(MOST_PIXELS), '-max_alloc', String(MOST_BYTES_AT_ONCE)],
        // A picture that ends in the middle is none.
        ...['-xerror', '-err_detect', 'explode'],
      ],
      output,
      args: [
        ...['-frames:v', '1', '-vf', [fitted, ...ON_WHITE, 'format=yuvj420p', 'setsar=1'].join(',')],
        ...['-c:v', 'mjpeg', '-q:v', QUALITY, '-f', 'image2', '-update', '1'],
      ],
      signal,
      timeoutMs: TIMEOUT_MS,
      failure: 'unreadable',
    });
    return await readFile(output).catch((error: unknown) => {
      throw new MediaError('unreadable', 'There is no picture in the file', { cause: error });
    });
  });
}
