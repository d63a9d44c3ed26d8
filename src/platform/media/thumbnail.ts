import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from './ffmpeg.js';
import { MediaError } from './media-error.js';
import { even } from './ratio.js';
import { withTemporaryFolder } from './temporary-folder.js';

const MAX_SIDE = 320;
const MAX_BYTES = 200 * 1000;
const TIMEOUT_MS = 30_000;
/** ffmpeg's scale for JPEG, from good to bad. */
const QUALITIES = [3, 8, 16, 31];

export interface ThumbnailOptions {
  /** Past the end, the first picture is taken. */
  atSec: number;
  /** The shape of the video as it is sent. */
  displayWidth: number;
  displayHeight: number;
}

/** A JPEG as Telegram takes it: no side over 320 pixels, at most 200 kB, the video's shape. */
export interface Thumbnail {
  bytes: Buffer;
  width: number;
  height: number;
}

/** @throws MediaError */
export async function thumbnail(
  ffmpeg: Ffmpeg,
  file: string,
  { atSec, displayWidth, displayHeight }: ThumbnailOptions,
  temporaryFolder: string,
): Promise<Thumbnail> {
  const size = thumbnailSize(displayWidth, displayHeight);
  return withTemporaryFolder(temporaryFolder, async (folder) => {
    const picture = join(folder, 'thumbnail.jpg');
    const shoot = async (second: number, quality: number): Promise<Buffer | null> => {
      await rm(picture, { force: true });
      await ffmpeg.run({
        input: file,
        output: picture,
        inputArgs: ['-ss', String(second)],
        args: [
          ...['-map', '0:V:0', '-frames:v', '1', '-vf', `scale=${size.width}:${size.height},setsar=1`],
          ...['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', String(quality), '-f', 'image2', '-update', '1'],
        ],
        timeoutMs: TIMEOUT_MS,
      });
      return readIfThere(picture);
    };
    for (const quality of QUALITIES) {
      const bytes = (await shoot(atSec, quality)) ?? (await shoot(0, quality));
      if (bytes && bytes.length <= MAX_BYTES) return { bytes, ...size };
    }
    throw new MediaError('ffmpeg_failed', 'no picture could be taken');
  });
}

function thumbnailSize(displayWidth: number, displayHeight: number): { width: number; height: number } {
  const factor = Math.min(1, MAX_SIDE / Math.max(displayWidth, displayHeight));
  return { width: even(displayWidth * factor), height: even(displayHeight * factor) };
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch {
    return null;
  }
}
