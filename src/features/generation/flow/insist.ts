import type { Clock } from '../../../platform/clock/clock.js';
import { isDatabaseAway } from '../../../platform/database/is-database-away.js';

const EVERY_MS = 1_000;
const PATIENCE_MS = 120_000;

/**
 * Writes what cannot be found out again, e.g. the id of a task that costs money: a database that is away is waited for.
 * @param write is harmless when it is repeated, for its first run may have been committed
 */
export async function insist<T>(clock: Clock, write: () => Promise<T>): Promise<T> {
  const end = clock.now().getTime() + PATIENCE_MS;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isDatabaseAway(error) || clock.now().getTime() >= end) throw error;
      await clock.delay(EVERY_MS);
    }
  }
}
