import type { Database } from '../../../platform/database/database.js';

/** In a transaction: resolves when another one waits for something that this one has locked. */
export async function isWaitedFor(database: Database): Promise<void> {
  await vi.waitFor(
    async () => {
      const waiting = await database.query(
        'SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))',
      );
      expect(waiting).not.toEqual([]);
    },
    { timeout: 10_000, interval: 20 },
  );
}
