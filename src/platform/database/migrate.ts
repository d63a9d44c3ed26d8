import type { DataSource } from 'typeorm';

/** Any number that no other program of the same database uses. */
const MIGRATION_LOCK = 5_270_001;

/** Brings the schema up to date; processes that start together take turns, so each migration runs once. */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map(({ name }) => name);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}
