import { displaySize } from './ffprobe-output.js';
import type { VideoFacts } from './media-facts.js';
import { isSquare, isUsualShape, sameRatio, SQUARE, valueOf } from './ratio.js';

/**
 * What the pixels really are.
 * - `square`: and the file says so.
 * - `mislabelled`: square, but the file says something else; only the label has to change.
 * - `anamorphic`: not square, the picture has to be stretched by whoever shows it.
 */
export interface PixelShape {
  kind: 'square' | 'mislabelled' | 'anamorphic';
  reason: string;
  /** As a viewer should see it, even numbers. */
  displayWidth: number;
  displayHeight: number;
}

const ALMOST_SQUARE_WITHIN = 0.02;

/** @param squarePixels it is known of the source that its pixel shapes are wrong */
export function pixelShape(video: VideoFacts, squarePixels: boolean): PixelShape {
  const bitstreamSar = video.bitstreamSar ?? video.sar;
  if (isSquare(video.sar) && isSquare(bitstreamSar)) return asLabelled('square', 'square pixels', video);
  if (squarePixels) return asSquare('the source is known to label square pixels wrongly', video);
  if (!sameRatio(video.sar, bitstreamSar))
    return asSquare('container and bitstream disagree on the pixel shape', video);

  const sar = valueOf(video.sar);
  if (Math.abs(sar - 1) <= ALMOST_SQUARE_WITHIN) return asSquare('the pixel shape is square within 2 %', video);
  const coded = video.width / video.height;
  const shown = coded * sar;
  if (!isUsualShape(shown)) return asSquare('the pixel shape makes no usual picture shape', video);
  // Both shapes are usual (1440×1080 shown as 16:9): the file is believed, since container and bitstream agree —
  // but no camera turns upright pictures into lying ones by the shape of its pixels.
  if (isUsualShape(coded) && coded < 1 !== shown < 1) {
    return asSquare('the pixel shape turns an upright picture into a lying one', video);
  }
  return asLabelled('anamorphic', 'really anamorphic', video);
}

function asLabelled(kind: 'square' | 'anamorphic', reason: string, video: VideoFacts): PixelShape {
  return { kind, reason, displayWidth: video.displayWidth, displayHeight: video.displayHeight };
}

function asSquare(reason: string, video: VideoFacts): PixelShape {
  const [displayWidth, displayHeight] = displaySize({ ...video, sar: SQUARE });
  return { kind: 'mislabelled', reason, displayWidth, displayHeight };
}
