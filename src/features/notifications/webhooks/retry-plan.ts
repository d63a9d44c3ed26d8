const SEC = 1_000;
const MIN = 60 * SEC;
const HOUR = 60 * MIN;

/** After the first failed try, the second, and so on; the last one repeats. */
const WAITS_MS = [10 * SEC, MIN, 5 * MIN, 15 * MIN, HOUR, 3 * HOUR];
const GIVE_UP_AFTER_MS = 24 * HOUR;
/** Share of a wait that chance adds or takes away, so that what failed together is not repeated together. */
const JITTER = 0.1;

/**
 * When a delivery is tried again that has failed `attempts` times.
 * @param chance between 0 and 1
 * @returns null when that would be more than 24 h after it was made
 */
export function nextAttemptAt(attempts: number, createdAt: Date, now: Date, chance: number): Date | null {
  const wait = WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1] ?? SEC;
  const at = now.getTime() + Math.round(wait * (1 - JITTER + 2 * JITTER * chance));
  return at - createdAt.getTime() > GIVE_UP_AFTER_MS ? null : new Date(at);
}
