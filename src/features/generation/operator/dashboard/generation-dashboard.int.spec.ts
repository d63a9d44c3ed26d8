import { randomUUID } from 'node:crypto';
import type { GenerationJob } from '../../jobs/generation-job.entity.js';
import type { JobStatus } from '../../jobs/job-status.js';
import { GenerationKey } from '../../keys/generation-key.entity.js';
import { makeEvent, makeJob } from '../../testing/make-job.js';
import { NOW, operatorWorld, type OperatorWorld } from '../testing/operator-world.js';
import type { GenerationDashboardDto } from './dashboard.dto.js';

const MINUTE_MS = 60_000;

describe('/api/v1/generation/dashboard', () => {
  let world: OperatorWorld;
  beforeAll(async () => {
    world = await operatorWorld();
  });
  afterAll(() => world.close());
  beforeEach(() => world.empty());

  const ago = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE_MS);
  const make = (fields: Partial<GenerationJob>) => makeJob(world.database, fields);
  const read = async () => (await world.ask<GenerationDashboardDto>('/generation/dashboard')).body;

  it('is for admins alone', async () => {
    expect((await world.ask('/generation/dashboard', { token: null })).status).toBe(401);
    expect((await world.ask('/generation/dashboard', { token: world.userToken })).status).toBe(403);
  });

  it('is there while nothing is', async () => {
    const { hours, phases, ...rest } = await read();
    expect(rest).toEqual({
      at: NOW.toISOString(),
      queue: { queued: 0, prompting: 0, submitting: 0, generating: 0, delivering: 0 },
      oldestWaitingSec: null,
      successRate1h: null,
      successRate24h: null,
      errorsByClass: [],
      creditsSpent24h: 0,
      keys: [],
    });
    expect(phases.map(({ phase }) => phase)).toEqual(['queued', 'prompting', 'submitting', 'generating', 'delivering']);
    expect(phases[0]).toEqual({ phase: 'queued', stays: 0, medianSec: null, p95Sec: null });
    expect(hours).toHaveLength(24);
  });

  it('tells how many jobs are where, and how long the oldest waits', async () => {
    for (const status of ['queued', 'queued', 'generating', 'delivered', 'failed', 'cancelled'] as const)
      await make({ status, createdAt: ago(status === 'queued' ? 5 : 90) });
    const { queue, oldestWaitingSec } = await read();
    expect(queue).toEqual({ queued: 2, prompting: 0, submitting: 0, generating: 1, delivering: 0 });
    expect(oldestWaitingSec).toBe(300);
  });

  it('tells what has become of jobs: of an hour, of a day, and what that has cost', async () => {
    const end = (status: JobStatus, minutes: number, fields: Partial<GenerationJob> = {}) =>
      make({ status, createdAt: ago(minutes + 5), updatedAt: ago(minutes), ...fields });
    // It went well at the second try.
    await end('delivered', 59, { costCredits: 3, errorClass: 'TEMPORARY' });
    await end('failed', 10, { errorClass: 'TEMPORARY' });
    await end('delivered', 61, { costCredits: 2 });
    await end('delivered', 23 * 60, { costCredits: 2 });
    await end('failed', 90, { errorClass: 'TEMPORARY' });
    await end('failed', 90, { errorClass: 'BILLING' });
    await end('failed', 30, { errorClass: 'USER_VIOLATION' });
    await end('cancelled', 30);
    await end('delivered', 24 * 60 + 1, { costCredits: 100 });
    // Changed since by something else.
    await end('failed', 5, { timings: { failed: ago(25 * 60).toISOString() } });
    const { successRate1h, successRate24h, errorsByClass, creditsSpent24h } = await read();
    expect(successRate1h).toBe(1 / 2);
    expect(successRate24h).toBe(3 / 6);
    expect(creditsSpent24h).toBe(7);
    expect(errorsByClass).toEqual([
      { errorClass: 'TEMPORARY', jobs: 2 },
      { errorClass: 'BILLING', jobs: 1 },
      { errorClass: 'USER_VIOLATION', jobs: 1 },
    ]);
  });

  it('tells how long jobs stay in each phase, each time that they do', async () => {
    const way = async (...moves: [to: JobStatus, seconds: number][]) => {
      const id = await make({ status: 'delivered', createdAt: ago(60) });
      let from: JobStatus | null = null;
      for (const [to, seconds] of moves) {
        await makeEvent(world.database, id, { from, to, at: new Date(ago(60).getTime() + seconds * 1_000) });
        from = to;
      }
    };
    await way(
      ['queued', 0],
      ['prompting', 2],
      ['prompting', 3],
      ['submitting', 6],
      ['generating', 7],
      ['queued', 107],
      ['submitting', 117],
      ['generating', 119],
      ['delivering', 419],
      ['delivered', 424],
    );
    await way(['queued', -25 * 3_600], ['submitting', 0], ['generating', 3]);
    const phases = Object.fromEntries(
      (await read()).phases.map(({ phase, stays, medianSec, p95Sec }) => [phase, [stays, medianSec, p95Sec]]),
    );
    const close = (seconds: number) => expect.closeTo(seconds, 3) as number;
    expect(phases).toEqual({
      queued: [2, close(6), close(9.6)],
      prompting: [1, close(4), close(4)],
      submitting: [3, close(2), close(2.9)],
      generating: [2, close(200), close(290)],
      delivering: [1, close(5), close(5)],
    });
  });

  it('tells the load of each hour of the operator’s clock', async () => {
    const at = (time: string) => new Date(`2026-11-${time}:00Z`);
    await make({ createdAt: at('20T17:00'), status: 'delivered', updatedAt: at('20T17:10') });
    await make({ createdAt: at('20T16:59'), status: 'failed', updatedAt: at('20T17:01') });
    await make({ createdAt: at('19T18:00') });
    await make({ createdAt: at('19T17:59'), status: 'delivered', updatedAt: at('19T18:00') });
    const { hours } = await read();
    expect(hours.map(({ local }) => local).slice(-3)).toEqual(['18:00', '19:00', '20:00']);
    expect(hours.at(-1)).toEqual({
      hour: '2026-11-20T17:00:00.000Z',
      local: '20:00',
      ordered: 1,
      delivered: 1,
      failed: 1,
    });
    expect(hours.at(-2)).toMatchObject({ local: '19:00', ordered: 1, delivered: 0, failed: 0 });
    expect(hours[0]).toEqual({ hour: '2026-11-19T18:00:00.000Z', local: '21:00', ordered: 1, delivered: 1, failed: 0 });
    expect(hours.reduce((sum, { ordered }) => sum + ordered, 0)).toBe(3);
  });

  it('tells how the keys are, and nothing of the keys themselves', async () => {
    const keys = world.database.repository(GenerationKey);
    const add = (name: string, fields: Partial<GenerationKey>) =>
      keys.insert({ id: randomUUID(), name, account: 'main', apiKey: 'secret of a key', ...fields });
    await add('a', { inFlight: 3, requests: 10, failures: 1, balance: 12.5 });
    await add('b', { status: 'billing_blocked', blockedUntil: ago(-60) });
    await add('c', { status: 'rate_limited', blockedUntil: ago(1) });
    await add('d', { status: 'invalid' });
    const { keys: shown } = await read();
    expect(shown.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'a active',
      'b billing_blocked',
      'c active',
      'd invalid',
    ]);
    expect(shown[0]).toMatchObject({ account: 'main', inFlight: 3, requests: 10, failures: 1, balance: 12.5 });
    expect(shown[1]).toMatchObject({ blockedUntil: ago(-60).toISOString() });
    expect(shown[2]).toMatchObject({ blockedUntil: null });
    expect(JSON.stringify(shown)).not.toContain('secret');
  });
});
