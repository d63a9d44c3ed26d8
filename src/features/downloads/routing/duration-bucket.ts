export type DurationBucket = 'shorts' | 'medium' | 'long';

const SHORTS_BELOW_SEC = 300;
const MEDIUM_BELOW_SEC = 1_800;

/** What an unknown duration counts as when a rule is looked for. */
export const UNKNOWN_COUNTS_AS_SEC = 300;

export function bucketOf(durationSec: number | null): DurationBucket {
  const seconds = durationSec ?? UNKNOWN_COUNTS_AS_SEC;
  if (seconds < SHORTS_BELOW_SEC) return 'shorts';
  return seconds < MEDIUM_BELOW_SEC ? 'medium' : 'long';
}
