import { eventually } from '../../../../test/support/eventually.js';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { Redis } from '../../../platform/redis/redis.js';
import { QueryTurns } from './query-turns.js';

describe('turns to query', () => {
  let stores: TestStores;
  let redis: Redis;
  let other: Redis;

  beforeAll(async () => {
    stores = await testStores();
    [redis, other] = [await Redis.connect({ url: stores.redisUrl }), await Redis.connect({ url: stores.redisUrl })];
  });
  afterAll(async () => {
    redis.onApplicationShutdown();
    other.onApplicationShutdown();
    await stores.close();
  });
  beforeEach(() => redis.client.flushAll());

  const now = () => performance.now();
  /** Asks until it is its turn. @returns the times between which that was, as slow as the way there and back may be */
  const query = async (turns: QueryTurns, who: string): Promise<{ from: number; to: number }> => {
    let askAgainAt = 0;
    return eventually(async () => {
      const from = now();
      if (from < askAgainAt) throw new Error('not yet');
      const wait = await turns.take('key', who);
      askAgainAt = now() + wait;
      if (wait > 0) throw new Error(`${who} has to wait`);
      const to = now();
      await turns.over('key', who);
      return { from, to };
    });
  };
  /** So that several commands that are sent at once are done in their order, with no time between them. */
  const loadScript = () => new QueryTurns(redis).take('another key', 'anybody');

  it('are 8 a second of all processes together', async () => {
    const processes = [new QueryTurns(redis), new QueryTurns(other)];
    const times = await Promise.all(Array.from({ length: 17 }, (_, n) => query(processes[n % 2]!, `look ${n}`)));
    const inOrder = (all: number[]) => all.toSorted((a, b) => a - b);
    const from = inOrder(times.map((time) => time.from));
    const to = inOrder(times.map((time) => time.to));
    // Redis counts in whole milliseconds.
    for (let n = 8; n < times.length; n += 1) expect(to[n]! - from[n - 8]!).toBeGreaterThan(998);
    expect(to.at(-1)! - from[0]!).toBeLessThan(6_000);
  });

  it('count for as long as they have no answer, and a second longer: until then KIE may count them', async () => {
    const turns = new QueryTurns(redis);
    const names = Array.from({ length: 8 }, (_, n) => `slow ${n}`);
    for (const name of names) await eventually(async () => (await turns.take('key', name)) === 0);
    // Nobody has come for the turns that are free by now.
    const started = now();
    await eventually(() => now() - started > 1_200);
    expect(await turns.take('key', 'ninth')).toBeGreaterThan(0);
    const answered = now();
    await turns.over('key', names[0]!);
    await eventually(async () => (await turns.take('key', 'ninth')) === 0);
    expect(now() - answered).toBeGreaterThan(995);
    expect(await turns.take('key', 'tenth')).toBeGreaterThan(0);
  });

  it('keep their order: a newcomer does not overtake who waits', async () => {
    const turns = new QueryTurns(redis);
    const take = (who: string) => turns.take('key', who);
    await loadScript();
    const waits = await Promise.all(['first', 'a', 'b', 'c', 'a', 'd'].map(take));
    for (const [index, turn] of [0, 1, 2, 3, 1, 4].entries()) {
      expect(waits[index]).toBeLessThanOrEqual(turn * 125);
      expect(waits[index]).toBeGreaterThanOrEqual(turn === 0 ? 0 : turn * 125 - 100);
    }
    await query(turns, 'c');
    expect(await take('b')).toBe(0);
  });

  it('are those of each key by itself', async () => {
    const turns = new QueryTurns(redis);
    await loadScript();
    const waits = await Promise.all([turns.take('one', 'a'), turns.take('two', 'a'), turns.take('two', 'b')]);
    expect(waits.slice(0, 2)).toEqual([0, 0]);
    expect(waits[2]).toBeGreaterThan(0);
  });

  it('survive that Redis forgets them, and that it is away', async () => {
    const turns = new QueryTurns(redis);
    await turns.take('key', 'a');
    await redis.client.sendCommand(['SCRIPT', 'FLUSH']);
    await redis.client.flushAll();
    expect(await turns.take('key', 'b')).toBe(0);
    const away = await Redis.connect({ url: stores.redisUrl });
    away.onApplicationShutdown();
    expect(await new QueryTurns(away).take('key', 'c')).toBe(0);
  });
});
