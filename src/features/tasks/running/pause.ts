import type { Clock } from '../../../platform/clock/clock.js';

/** Waits for `ms`, or until `signal` is aborted: the caller looks which it was. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.delay(ms, signal);
  } catch {
    // Aborted.
  }
}
