import { eventually } from '../../../../../test/support/eventually.js';
import { Slots } from '../../../../platform/slots/slots.js';
import type { GateCandidate } from './gate-question.js';
import {
  attempt,
  failed,
  gateWorld,
  MINUTE,
  question,
  SECOND,
  succeeded,
  taken,
  type GateProcess,
  type GateWorld,
} from './testing/gate-world.js';

const SLOT = 'nexus:slot:youtube:yt-dlp';

describe('slots and leases', () => {
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
    await here.redis.client.flushAll();
    await here.database.query('TRUNCATE circuit_openings');
  });

  const two = (changes: Partial<GateCandidate> = {}) =>
    question({ slot: { key: 'youtube:yt-dlp', limit: 2 }, ...changes });
  const isFree = async () => (await here.gate.look(two()))[0]?.reason === 'ok';
  const leaseEnds = async (owner: string) => here.redis.client.zScore(SLOT, owner);
  const soon = (ms: number) => new Date(world.clock.now().getTime() + ms);

  it('never gives out more slots than there are, and gives them out again', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => (i % 2 ? here : there).gate.take(two(), `job-${i}`)),
    );
    const grants = answers.flatMap(({ grant }) => (grant ? [grant] : []));
    expect(grants).toHaveLength(2);
    expect((await here.gate.look(two()))[0]).toEqual({
      provider: 'yt-dlp',
      reason: 'no_slot',
      until: null,
      detail: 'youtube:yt-dlp',
    });
    for (const grant of grants) await there.gate.settle(grant, succeeded(grant));
    await Promise.all([taken(here.gate, two()), taken(there.gate, two())]);
    expect(await isFree()).toBe(false);
  });

  it('frees the slot of an owner that was killed within 30 s, and not before (point 16)', async () => {
    await Promise.all([taken(here.gate, two()), taken(here.gate, two())]);
    world.clock.advance(30 * SECOND - 1);
    expect(await isFree()).toBe(false);
    world.clock.advance(1);
    expect(await isFree()).toBe(true);
  });

  it('keeps the slot of an owner that is alive, every ten seconds, until it lets go', async () => {
    const grants = await Promise.all([taken(here.gate, two()), taken(here.gate, two())]);
    const letGo = grants.map((grant) => here.gate.hold(grant));
    for (let beat = 0; beat < 7; beat += 1) {
      world.clock.advance(10 * SECOND);
      const ends = soon(30 * SECOND).getTime();
      for (const { owner } of grants) await eventually(async () => (await leaseEnds(owner)) === ends);
    }
    expect(await isFree()).toBe(false);
    for (const end of letGo) end();
    world.clock.advance(30 * SECOND);
    expect(await isFree()).toBe(true);
  });

  it('is put back by those at work when Redis was flushed', async () => {
    const grants = await Promise.all([taken(here.gate, two()), taken(here.gate, two())]);
    const letGo = grants.map((grant) => here.gate.hold(grant));
    await here.redis.client.flushAll();
    expect(await isFree()).toBe(true);
    world.clock.advance(10 * SECOND);
    await eventually(async () => !(await isFree()));
    for (const end of letGo) end();
  });

  it('is kept through a rest and some time more, and gone on with', async () => {
    const [resting] = await Promise.all([taken(here.gate, two()), taken(here.gate, two())]);
    await here.gate.rest(resting, soon(5 * MINUTE));
    world.clock.advance(5 * MINUTE + 30 * SECOND);
    await taken(here.gate, two());
    expect(await isFree()).toBe(false);
    expect(await there.gate.resume(resting)).toBe(true);
    expect(await leaseEnds(resting.owner)).toBe(soon(30 * SECOND).getTime());
  });

  it('is taken again after a rest that was too long, if one is free', async () => {
    const resting = await taken(here.gate, two());
    await here.gate.rest(resting, soon(SECOND));
    world.clock.advance(10 * MINUTE);
    const others = await Promise.all([taken(here.gate, two()), taken(here.gate, two())]);
    expect(await here.gate.resume(resting)).toBe(false);
    expect(await leaseEnds(resting.owner)).toBeNull();
    for (const other of others) await here.gate.settle(other, succeeded(other));
    expect(await here.gate.resume(resting)).toBe(true);
    expect(await leaseEnds(resting.owner)).not.toBeNull();
  });

  it('shares its slots with everybody who waits for the same', async () => {
    const slots = here.app.get(Slots);
    await slots.set('youtube:yt-dlp', 2);
    const grants = await Promise.all([taken(here.gate, two()), taken(here.gate, two())]);
    expect(await slots.usage()).toContainEqual({ key: 'youtube:yt-dlp', limit: 2, used: 2 });
    for (const grant of grants) await here.gate.settle(grant, failed(grant, 'CONTENT_AGE'));
    const release = await slots.hold('youtube:yt-dlp');
    expect(await slots.usage()).toContainEqual({ key: 'youtube:yt-dlp', limit: 2, used: 1 });
    await release();
  });

  it('takes the first that is free, and says of every other why not, the graver reason first', async () => {
    const key = (provider: string, limit = 1) => ({ key: `youtube:${provider}`, limit });
    const busy = { provider: 'busy', slot: key('busy') };
    const broken = { provider: 'broken', slot: key('broken'), ratePerMin: 1, costMicroUsd: 1 };
    const poor = { provider: 'poor', slot: key('poor', 0), ratePerMin: 1, costMicroUsd: 1, budgetMicroUsd: 1 };
    const hasty = { provider: 'hasty', slot: key('hasty', 0), ratePerMin: 0 };
    await taken(here.gate, question(busy));
    await attempt(here.gate, 'HTTP_403', question(broken));
    await attempt(here.gate, null, question({ ...poor, slot: key('poor') }));
    const asked = question(
      busy,
      { ...broken, budgetMicroUsd: 0 },
      poor,
      hasty,
      { provider: 'free' },
      { provider: 'spare' },
    );
    const { verdicts, grant } = await here.gate.take(asked, 'job');
    expect(verdicts.map(({ provider, reason }) => [provider, reason])).toEqual([
      ['busy', 'no_slot'],
      ['broken', 'circuit_open'],
      ['poor', 'over_budget'],
      ['hasty', 'rate_limited'],
      ['free', 'ok'],
      ['spare', 'ok'],
    ]);
    expect(grant).toMatchObject({ owner: 'job', provider: 'free', slotKey: 'youtube:yt-dlp', day: '2026-11-20' });
    expect(await here.redis.client.zCard(SLOT)).toBe(1);
  });

  it('answers a question without candidates', async () => {
    const asked = { ...question(), candidates: [] };
    expect(await here.gate.take(asked, 'job')).toEqual({ verdicts: [], grant: null });
  });
});
