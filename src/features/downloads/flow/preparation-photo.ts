import type { PictureFacts } from '../../../platform/media/index.js';
import type { PreparedFile } from './preparation-file.js';

/** What the Bot API takes as a photo; everything else it takes as a document. */
const FORMATS = new Set(['jpg', 'png', 'webp']);
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_WIDTH_AND_HEIGHT = 10_000;
const MAX_RATIO = 20;

export function preparePhoto(path: string, facts: PictureFacts): PreparedFile {
  const obstacle = obstacleOf(facts);
  return {
    path,
    kind: obstacle === null ? 'photo' : 'document',
    extension: `.${facts.format}`,
    thumbnailPath: null,
    width: facts.width,
    height: facts.height,
    durationSec: null,
    sizeBytes: facts.sizeBytes,
    title: null,
    fix: obstacle === null ? 'keep' : 'document',
    fixReason: obstacle ?? 'a photo',
    mayNotPlayEverywhere: false,
  };
}

function obstacleOf({ format, width, height, sizeBytes }: PictureFacts): string | null {
  if (!FORMATS.has(format)) return `${format} is no photo to Telegram`;
  if (sizeBytes > MAX_BYTES) return `${sizeBytes} bytes are too many for a photo`;
  const isTooLong = Math.max(width, height) > MAX_RATIO * Math.min(width, height);
  return isTooLong || width + height > MAX_WIDTH_AND_HEIGHT ? `${width}×${height} is no shape of a photo` : null;
}
