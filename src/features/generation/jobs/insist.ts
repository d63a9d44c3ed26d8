import type { Clock } from '../../../platform/clock/clock.js';
import { isDatabaseAway } from '../../../platform/database/is-database-away.js';

const EVERY_MS = 1_000;
const PATIENCE_MS = 120_000;
/** Of two that waited for each other, or of many, this one was broken off. */
const BROKEN_OFF = new Set(['40001', '40P01', '55P03', '57014']);

/**
 * Writes what cannot be found out again, e.g. the id of a task that costs money: a database that is away or busy is
 * waited for.
 * @param write is harmless when it is repeated, for its first run may have been committed
 * @param signal ends the waiting
 */
export async function insist<T>(clock: Clock, write: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const end = clock.now().getTime() + PATIENCE_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!mayPass(error) || clock.now().getTime() >= end) throw error;
      await clock.delay(EVERY_MS, signal);
    }
  }
}

function mayPass(error: unknown): boolean {
  return isDatabaseAway(error) || (error instanceof Error && 'code' in error && BROKEN_OFF.has(String(error.code)));
}
