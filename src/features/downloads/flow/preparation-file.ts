import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@nestjs/common';
import { MediaError, type Fix, type Media, type MediaFacts } from '../../../platform/media/index.js';
import type { MediaKind } from '../delivery/sent-file.js';
import { ProviderError } from '../errors/provider-error.js';

/** What the preparation of one file works with. */
export interface FileOrder {
  media: Media;
  logger: Logger;
  /** Of this file alone, already there. */
  workDir: string;
  /** The provider is known to label square pixels wrongly. */
  squarePixels: boolean;
  maxBytes: number;
  signal: AbortSignal;
  /** null: something is done of which nobody can tell how far it is. */
  onProgress: (ratio: number | null) => void;
}

/** A file that Telegram takes as what it is. */
export interface PreparedFile {
  path: string;
  kind: MediaKind;
  extension: string;
  /** A JPEG beside it. */
  thumbnailPath: string | null;
  width: number | null;
  height: number | null;
  durationSec: number | null;
  sizeBytes: number;
  title: string | null;
  fix: Fix;
  fixReason: string;
  mayNotPlayEverywhere: boolean;
}

/** @throws what ends the work when a fix has failed, instead of another way to go on */
export function throwIfOver(error: unknown, signal: AbortSignal): asserts error is MediaError {
  if (signal.aborted) throw signal.reason as Error;
  if (!(error instanceof MediaError)) throw error;
  if (error.code === 'no_space') throw new ProviderError('LOCAL_DISK', error.message, { cause: error });
}

/** A file without a picture of it is still good. @returns its path, or null */
export async function takeThumbnail(
  { media, logger, workDir }: FileOrder,
  path: string,
  { durationSec }: MediaFacts,
  { width, height }: { width: number; height: number },
): Promise<string | null> {
  try {
    const atSec = Math.min(1, (durationSec ?? 0) / 2);
    const { bytes } = await media.thumbnail(path, { atSec, displayWidth: width, displayHeight: height });
    const thumbnailPath = join(workDir, 'thumbnail.jpg');
    await writeFile(thumbnailPath, bytes);
    return thumbnailPath;
  } catch (error) {
    logger.warn({ err: error }, 'There is no thumbnail');
    return null;
  }
}

export function extensionOf({ formatName, video }: MediaFacts): string {
  if (/mp4|mov/.test(formatName)) return video ? '.mp4' : '.m4a';
  if (formatName === 'mp3') return '.mp3';
  return /webm|matroska/.test(formatName) ? '.webm' : '.bin';
}
