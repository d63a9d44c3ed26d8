import { Alerts } from '../../ops/index.js';
import { configFailures, failureRate, queueOld } from '../alerts.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { makeEvent, makeJob } from '../testing/make-job.js';
import { HealthWatch } from './health-watch.js';
import { healthWorld, type HealthWorld } from './testing/health-world.js';

const MINUTE_MS = 60_000;

describe('the watch of generation', () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await healthWorld({ GENERATION_MAX_IN_FLIGHT_PER_USER: '3' });
  });
  afterAll(() => world.close());
  beforeEach(() => world.empty());

  const ago = (minutes: number) => new Date(world.clock.now().getTime() - minutes * MINUTE_MS);
  const make = (fields: Partial<GenerationJob>) => makeJob(world.database, fields);
  const look = () => world.get(HealthWatch).look();
  const open = async () => {
    const [alerts] = await world.get(Alerts).open(10);
    return alerts.map(({ name, subject, params }) => ({ name, subject, params }));
  };

  it('tells of a video that has failed for a fault of ours, until there was none for an hour', async () => {
    const failed = { status: 'failed', errorClass: 'CONFIG' } as const;
    const id = await make({ ...failed, timings: { failed: ago(50).toISOString() }, updatedAt: ago(50) });
    await look();
    expect(await open()).toEqual([{ name: configFailures.name, subject: 'kie', params: { jobs: 1 } }]);
    const timings = JSON.stringify({ failed: ago(61).toISOString() });
    await world.database.query('UPDATE generation_jobs SET timings = $2 WHERE id = $1', [id, timings]);
    await look();
    expect(await open()).toEqual([]);
  });

  describe('of the queue', () => {
    const old = (params: object) => ({ name: queueOld.name, subject: 'queue', params });

    it('tells of jobs that wait for more than ten minutes, and when none does any more', async () => {
      await make({ createdAt: ago(9) });
      await make({ createdAt: ago(60), status: 'generating' });
      await look();
      expect(await open()).toEqual([]);
      const [oldest, other] = [await make({ createdAt: ago(25) }), await make({ createdAt: ago(11) })];
      await look();
      expect(await open()).toEqual([old({ minutes: 25, jobs: 2 })]);
      const start = `UPDATE generation_jobs SET status = 'prompting' WHERE id = $1`;
      await world.database.query(start, [oldest]);
      await look();
      expect(await open()).toEqual([old({ minutes: 11, jobs: 1 })]);
      await world.database.query(start, [other]);
      await look();
      expect(await open()).toEqual([]);
      expect(world.notes).toEqual(['told generation_queue_old queue 1', 'resolved generation_queue_old queue 1']);
    });

    it('knows a job that came back to wait for a key, however often', async () => {
      const id = await make({ createdAt: ago(30), nextAttemptAt: ago(-1) });
      await makeEvent(world.database, id, { from: null, to: 'queued', at: ago(30) });
      await makeEvent(world.database, id, { from: 'submitting', to: 'queued', at: ago(1) });
      await look();
      expect(await open()).toEqual([old({ minutes: 30, jobs: 1 })]);
    });

    it.each(['generating', 'delivering', 'failed'] as const)(
      'counts anew from when a job has come back from %s',
      async (from) => {
        const id = await make({ createdAt: ago(40) });
        await makeEvent(world.database, id, { from: null, to: 'queued', at: ago(40) });
        await makeEvent(world.database, id, { from, to: 'queued', at: ago(5) });
        await look();
        expect(await open()).toEqual([]);
      },
    );

    it('leaves out what waits for other videos of the same person', async () => {
      for (const status of ['prompting', 'submitting', 'generating'] as const)
        await make({ status, tgUserId: 1, createdAt: ago(20) });
      await make({ tgUserId: 1, createdAt: ago(20) });
      for (const status of ['generating', 'delivering'] as const)
        await make({ status, tgUserId: 2, createdAt: ago(20) });
      await look();
      expect(await open()).toEqual([]);
      await make({ tgUserId: 2, createdAt: ago(20) });
      await look();
      expect(await open()).toEqual([old({ minutes: 20, jobs: 1 })]);
    });
  });

  describe('of failures', () => {
    const ended = async (
      count: number,
      status: 'delivered' | 'failed' | 'cancelled',
      errorClass: GenerationJob['errorClass'] = null,
      at = ago(30),
    ) => {
      for (let made = 0; made < count; made++)
        await make({ status, errorClass, createdAt: new Date(at.getTime() - MINUTE_MS), updatedAt: at });
    };

    it('tells when more than 30 % of at least 20 jobs of the last hour have failed, and when it is over', async () => {
      await ended(14, 'delivered', 'TEMPORARY');
      await ended(6, 'failed', 'TEMPORARY');
      await look();
      expect(await open()).toEqual([]);
      await ended(1, 'failed', 'BILLING');
      await look();
      expect(await open()).toEqual([
        { name: failureRate.name, subject: 'jobs', params: { failureRate: 33, jobs: 21 } },
      ]);
      await ended(5, 'delivered');
      await look();
      expect(await open()).toEqual([]);
      expect(world.notes).toEqual(['told generation_failure_rate jobs 1', 'resolved generation_failure_rate jobs 1']);
    });

    it('proves nothing by fewer jobs, by those of longer ago, or by what people have done wrong', async () => {
      await ended(19, 'failed', 'UNKNOWN');
      await ended(20, 'failed', 'USER_VIOLATION');
      await ended(20, 'cancelled');
      await ended(20, 'failed', 'UNKNOWN', ago(61));
      await look();
      expect(await open()).toEqual([]);
      await ended(1, 'failed', 'UNKNOWN');
      await look();
      expect(await open()).toMatchObject([{ params: { failureRate: 100, jobs: 20 } }]);
    });
  });
});
