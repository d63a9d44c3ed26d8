import type { VideoFacts } from './media-facts.js';

const HDR_TRANSFERS = new Set(['smpte2084', 'arib-std-b67']);
const PLAYABLE_PIXELS = new Set(['yuv420p', 'yuvj420p']);

export function isHdr({ colorTransfer }: VideoFacts): boolean {
  return colorTransfer !== null && HDR_TRANSFERS.has(colorTransfer);
}

/** Why the picture cannot be shown as it is coded; null when it can. Pixel shape is another question. */
export function encodingReason(video: VideoFacts): string | null {
  if (video.codec !== 'h264') return `${video.codec} does not play everywhere`;
  if (isHdr(video)) return 'HDR';
  if (video.pixFmt === null || !PLAYABLE_PIXELS.has(video.pixFmt)) return `pixel format ${video.pixFmt ?? 'unknown'}`;
  if (video.width % 2 !== 0 || video.height % 2 !== 0) return `odd size ${video.width}×${video.height}`;
  return null;
}
