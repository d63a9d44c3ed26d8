import { randomUUID } from 'node:crypto';
import { eventually } from '../../../../../test/support/eventually.js';
import { scale } from '../../../../../test/support/scale.js';
import { SpendingRepository } from './spending.repository.js';
import {
  attempt,
  gateWorld,
  HOUR,
  MINUTE,
  question,
  SECOND,
  succeeded,
  taken,
  type GateProcess,
  type GateWorld,
} from './testing/gate-world.js';

const COST = 4_000;

describe('money and rates', () => {
  let world: GateWorld;
  let here: GateProcess;
  let there: GateProcess;
  beforeAll(async () => {
    world = await gateWorld();
    here = await world.start();
    there = await world.start();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await here.database.query('TRUNCATE download_providers, download_requests CASCADE');
    await here.database.query(
      `INSERT INTO download_providers (name, provider_type, adapter) VALUES ('paid', 'api', 'savenow')`,
    );
    await here.redis.client.flushAll();
  });

  const paid = (budgetMicroUsd: number | null, costMicroUsd = COST) =>
    question({ provider: 'paid', obeysEgressCircuits: false, costMicroUsd, budgetMicroUsd });
  const look = async (asked = paid(20_000)) => (await here.gate.look(asked))[0];
  const row = async () =>
    (await here.database.query<object>('SELECT daily_spent_usd, budget_reset_at FROM download_providers'))[0];
  const midnight = () => new Date(Date.UTC(2026, 10, 20, 21));

  async function attemptRow(costUsd: string, startedAt: Date, outcome: string | null = 'succeeded'): Promise<void> {
    const [request] = await here.database.query<{ id: string }>(
      `INSERT INTO download_requests
         (error_ref, bot, chat_id, message_id, tg_user_id, language, link, canonical_url, platform, options, timings)
       VALUES ($1, 'downloader', 1, 1, 1, 'en', 'x', 'x', 'youtube', '{}', '{}') RETURNING id`,
      [randomUUID()],
    );
    await here.database.query(
      `INSERT INTO download_attempts (request_id, provider, egress, platform, duration_bucket, reason, started_at,
         outcome, tries, redirect_chain, cost_usd)
       VALUES ($1, 'paid', 'direct', 'youtube', 'medium', 'ok', $2, $3, '[]', '[]', $4)`,
      [request?.id, startedAt, outcome, costUsd],
    );
  }

  it('is never passed, not by one call, by 50 callers of four processes at once (point 6)', async () => {
    const processes = [here, there, await world.start(), await world.start()];
    const rounds = scale(2, 40);
    for (let round = 1; round <= rounds; round += 1) {
      await here.redis.client.flushAll();
      const paidFor = (12 * round) % 50;
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          (processes[i % processes.length] ?? here).gate.take(paid(paidFor * COST + COST - 1), randomUUID()),
        ),
      );
      expect(answers.filter(({ grant }) => grant !== null)).toHaveLength(paidFor);
      const denied = answers.flatMap(({ grant, verdicts }) => (grant === null ? verdicts : []));
      expect(denied).toHaveLength(50 - paidFor);
      for (const verdict of denied) {
        expect(verdict).toMatchObject({ provider: 'paid', reason: 'over_budget', until: midnight() });
      }
    }
  });

  it('tells who was refused for money how much there was', async () => {
    const [first, second] = [await taken(here.gate, paid(3 * COST - 1)), await taken(there.gate, paid(3 * COST - 1))];
    expect([first, second]).toMatchObject([{ costMicroUsd: COST }, { costMicroUsd: COST }]);
    expect(await look(paid(3 * COST - 1))).toEqual({
      provider: 'paid',
      reason: 'over_budget',
      until: midnight(),
      detail: '$0.008000 of $0.011999',
    });
  });

  it('books what it has cost in the end: nothing, less, or more', async () => {
    const asked = paid(3 * COST);
    const [free, cheap, dear] = await Promise.all([
      taken(here.gate, asked),
      taken(here.gate, asked),
      taken(here.gate, asked),
    ]);
    expect(await look(asked)).toMatchObject({ reason: 'over_budget' });
    await here.gate.settle(free, { ...succeeded(free), outcome: 'cancelled', costMicroUsd: 0 });
    await there.gate.settle(cheap, { ...succeeded(cheap), costMicroUsd: 47 });
    await here.gate.settle(dear, { ...succeeded(dear), costMicroUsd: 5_000 });
    expect(await look(paid(5_047 + COST))).toMatchObject({ reason: 'ok' });
    expect(await look(paid(5_047 + COST - 1))).toMatchObject({ reason: 'over_budget' });
    expect(await row()).toEqual({ daily_spent_usd: '0.005047', budget_reset_at: midnight() });
  });

  it('lets the row be written by one at a time, so that the last one to write has read the last amount', async () => {
    const spending = here.app.get(SpendingRepository);
    let second: Promise<void> | undefined;
    let isWritten = false;
    await spending.write('paid', midnight(), async () => {
      second = there.app
        .get(SpendingRepository)
        .write('paid', midnight(), () => Promise.resolve(2))
        .then(() => {
          isWritten = true;
        });
      const waiters = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await eventually(async () => isWritten || (await there.database.query(waiters)).length > 0);
      return 1;
    });
    await second;
    expect(await row()).toMatchObject({ daily_spent_usd: '0.000002' });
  });

  it('leaves the last amount in the row, however many end at once', async () => {
    const grants = await Promise.all(Array.from({ length: 40 }, () => taken(here.gate, paid(null))));
    await Promise.all(
      grants.map((grant, i) => (i % 2 ? here : there).gate.settle(grant, { ...succeeded(grant), costMicroUsd: i })),
    );
    expect(await row()).toMatchObject({ daily_spent_usd: '0.000780' });
  });

  it('begins anew with the operator’s day, and books a late one to the day it began', async () => {
    const asked = paid(COST);
    const late = await taken(here.gate, asked);
    world.clock.advance(12 * HOUR);
    expect(await look(asked)).toMatchObject({ reason: 'ok' });
    const next = await attempt(here.gate, null, asked);
    expect([late.day, next.day]).toEqual(['2026-11-20', '2026-11-21']);
    await here.gate.settle(late, { ...succeeded(late), costMicroUsd: 1 });
    expect(await row()).toMatchObject({ daily_spent_usd: '0.004000' });
    expect(await look(paid(2 * COST))).toMatchObject({ reason: 'ok' });
    world.clock.advance(-12 * HOUR);
  });

  it('keeps the counter of a day for 48 hours more', async () => {
    await attempt(here.gate, null, paid(null));
    const left = await here.redis.client.pTTL('nexus:gate:spent:paid:2026-11-20');
    expect(left).toBeGreaterThan(59 * HOUR);
    expect(left).toBeLessThanOrEqual(60 * HOUR);
  });

  it('is rebuilt from the attempts of today, running ones too, when Redis was flushed', async () => {
    await attemptRow('0.004000', world.clock.now());
    await attemptRow('0.007000', world.clock.now(), null);
    await attemptRow('0.500000', new Date(Date.UTC(2026, 10, 19, 20, 59)));
    expect(await look(paid(11_000 + COST))).toMatchObject({ reason: 'ok' });
    expect(await look(paid(11_000 + COST - 1))).toMatchObject({ reason: 'over_budget' });
  });

  it('does not book twice what was rebuilt with the attempt in it', async () => {
    const grant = await taken(here.gate, paid(null));
    await attemptRow('0.001000', world.clock.now());
    await here.redis.client.flushAll();
    await here.gate.settle(grant, { ...succeeded(grant), costMicroUsd: 1_000 });
    expect(await row()).toMatchObject({ daily_spent_usd: '0.001000' });
  });

  it('only looks at a budget that is watched, and takes nothing by looking', async () => {
    expect(await look(paid(null))).toMatchObject({ reason: 'ok' });
    for (let i = 0; i < 3; i += 1) expect(await look(paid(COST))).toMatchObject({ reason: 'ok' });
  });

  it('holds a budget by what PostgreSQL knows while Redis is away, and books it afterwards', async () => {
    await attemptRow('0.004000', world.clock.now());
    const lost = await world.start();
    lost.redis.client.destroy();
    expect(await lost.gate.look(paid(2 * COST - 1))).toMatchObject([{ reason: 'over_budget', until: midnight() }]);
    const { grant } = await lost.gate.take(paid(2 * COST), 'job');
    expect(grant).toMatchObject({ provider: 'paid', costMicroUsd: 0 });
    await look();
    if (grant) await here.gate.settle(grant, { ...succeeded(grant), costMicroUsd: COST });
    expect(await row()).toMatchObject({ daily_spent_usd: '0.008000' });
  });

  it('lets a provider be called so many times in any minute, to the millisecond', async () => {
    const asked = question({ ratePerMin: 2 });
    await attempt(here.gate, null, asked);
    world.clock.advance(40 * SECOND);
    await attempt(there.gate, null, asked);
    const until = new Date(world.clock.now().getTime() + 20 * SECOND);
    expect(await look(asked)).toMatchObject({ reason: 'rate_limited', until, detail: '2 a minute' });
    world.clock.advance(20 * SECOND - 1);
    expect((await here.gate.take(asked, 'too soon')).grant).toBeNull();
    world.clock.advance(1);
    await attempt(here.gate, null, asked);
    expect(await look(asked)).toMatchObject({ reason: 'rate_limited' });
    world.clock.advance(MINUTE);
    await Promise.all([taken(here.gate, asked), taken(there.gate, asked)]);
    expect(await look(asked)).toMatchObject({ reason: 'rate_limited' });
  });
});
