import { wishedHeight } from '../wished-height.js';
import type { ProviderCall, Wish } from '../provider.js';

/** Videos longer than this are taken only when asked for explicitly, at a higher price. */
const BASE_SEC = 90 * 60;
const TWICE_BASE_SEC = 180 * 60;
export const LONGEST_SEC = 5 * 60 * 60;

const USUAL_WAIT_MS = 5 * 60_000;
const LONG_WAIT_MS = 15 * 60_000;

/** H.264 in MP4 up to here; above it is WebM. */
const USUAL_HEIGHT = 1_080;
const FORMATS: readonly (readonly [height: number, format: string])[] = [
  [4_320, '8k'],
  [2_160, '4k'],
  [1_440, '1440'],
  [USUAL_HEIGHT, '1080'],
  [720, '720'],
  [480, '480'],
  [360, '360'],
  [240, '240'],
  [144, '144'],
];

/** The largest that is not above the wish; the best is the best that plays everywhere. */
export function formatOf(wish: Wish): string {
  if (wish.kind === 'audio') return 'm4a';
  const limit = wishedHeight(wish) ?? USUAL_HEIGHT;
  return FORMATS.find(([height]) => height <= limit)?.[1] ?? '144';
}

/** How many times the price of a short video one of this length costs. */
export function priceFactor(durationSec: number): number {
  if (durationSec > TWICE_BASE_SEC) return 5;
  return durationSec > BASE_SEC ? 3 : 1;
}

const isExtended = (durationSec: number | null) => durationSec !== null && durationSec > BASE_SEC;

/** How long a job may take before it is given up. */
export function patienceMs({ durationSec, wish }: Pick<ProviderCall, 'durationSec' | 'wish'>): number {
  const isHuge = wish.kind === 'video' && (wishedHeight(wish) ?? 0) > USUAL_HEIGHT;
  return isExtended(durationSec) || isHuge ? LONG_WAIT_MS : USUAL_WAIT_MS;
}

/** The query of `GET /ajax/download.php`, all but the key. */
export function orderOf({ link, wish, durationSec }: Pick<ProviderCall, 'link' | 'wish' | 'durationSec'>) {
  return {
    format: formatOf(wish),
    url: watchUrl(link.canonicalUrl),
    add_info: 1,
    // It is paid for, so never «in case»: a video of unknown length is refused when it is too long.
    allow_extended_duration: isExtended(durationSec) ? 1 : undefined,
  };
}

/** It knows Shorts as videos. */
function watchUrl(canonicalUrl: string): string {
  return canonicalUrl.replace(/^https:\/\/www\.youtube\.com\/shorts\/([\w-]+)/, 'https://www.youtube.com/watch?v=$1');
}
