import { Clock } from '../../../platform/clock/clock.js';
import { Retention } from './retention.js';
import { healthWorld, type HealthWorld } from './testing/health-world.js';
import { writeAttempt, writeRequest } from './testing/rows.js';

const DAY_MS = 86_400_000;

describe('retention', () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await healthWorld({ KEEP_ATTEMPTS: '10', KEEP_REQUESTS: '20' });
  });
  afterAll(() => world.close());

  const ago = (days: number) => new Date(world.api.app.get(Clock).now().getTime() - days * DAY_MS);

  it('forgets what is older than the operator wants it kept, and no more', async () => {
    const { database } = world;
    const [kept, old] = [
      await writeRequest(database, { createdAt: ago(19) }),
      await writeRequest(database, { createdAt: ago(21) }),
    ];
    const waiting = await writeRequest(database, { createdAt: ago(21), state: 'queued' });
    for (const days of [9, 11])
      await writeAttempt(database, { requestId: kept, startedAt: ago(days), reason: `${days}` });
    await writeAttempt(database, { requestId: old, startedAt: ago(9), reason: 'of an old request' });
    await writeAttempt(database, {
      requestId: waiting,
      startedAt: ago(11),
      outcome: null,
      endedAt: null,
      reason: 'goes on',
    });
    const opened = (reason: string, days: number, openUntil: Date | null, closedAt: Date | null) =>
      database.query(
        `INSERT INTO circuit_openings (key, level, reason, opened_at, open_until, closed_at, opened_by_attempt)
         VALUES ('p:yt-dlp', 1, $1, $2, $3, $4, gen_random_uuid())`,
        [reason, ago(days), openUntil, closedAt],
      );
    await opened('fresh', 9, ago(8), ago(8));
    await opened('closed', 11, null, ago(10.5));
    await opened('over', 11, ago(10.5), null);
    await opened('shut off', 11, null, null);
    // More than are forgotten at once.
    await database.query(
      `INSERT INTO download_attempts (request_id, provider, egress, platform, duration_bucket, reason, started_at, outcome, tries, redirect_chain)
       SELECT $1, 'yt-dlp', 'direct', 'youtube', 'shorts', 'one of many', $2, 'failed', '[]', '[]' FROM generate_series(1, 2500)`,
      [kept, ago(12)],
    );

    await world.api.app.get(Retention, { strict: false }).sweep();

    const column = async (sql: string) =>
      (await database.query<{ value: string }>(sql)).map(({ value }) => value).sort();
    expect(await column('SELECT id AS value FROM download_requests')).toEqual([kept, waiting].sort());
    expect(await column('SELECT reason AS value FROM download_attempts')).toEqual(['9', 'goes on']);
    expect(await column('SELECT reason AS value FROM circuit_openings')).toEqual(['fresh', 'shut off']);
  });
});
