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
  /** Asks until it is its turn. @returns when that was */
  const query = async (turns: QueryTurns, who: string): Promise<number> => {
    let askAgainAt = 0;
    return eventually(async () => {
      if (now() < askAgainAt) throw new Error('not yet');
      const wait = await turns.take('key', who);
      askAgainAt = now() + wait;
      if (wait > 0) throw new Error(`${who} has to wait`);
      return now();
    });
  };

  it('are 8 a second of all processes together', async () => {
    const processes = [new QueryTurns(redis), new QueryTurns(other)];
    const times = await Promise.all(Array.from({ length: 20 }, (_, n) => query(processes[n % 2]!, `look ${n}`)));
    times.sort((a, b) => a - b);
    // The ninth comes a second after the first: less what one of them was longer under way.
    for (let n = 8; n < times.length; n += 1) expect(times[n]! - times[n - 8]!).toBeGreaterThan(900);
    expect(times.at(-1)! - times[0]!).toBeLessThan(6_000);
  });

  it('keep their order: a newcomer does not overtake who waits', async () => {
    const turns = new QueryTurns(redis);
    const take = (who: string) => turns.take('key', who);
    expect(await take('first')).toBe(0);
    const waits = [await take('a'), await take('b'), await take('c')];
    expect(waits[0]).toBeLessThanOrEqual(125);
    expect(waits[1]).toBeGreaterThan(150);
    expect(waits[2]).toBeGreaterThan(275);
    expect(await take('a')).toBeLessThanOrEqual(waits[0]!);
    await query(turns, 'c');
    expect(await take('b')).toBe(0);
    expect(await take('d')).toBeGreaterThan(0);
  });

  it('are those of each key by itself', async () => {
    const turns = new QueryTurns(redis);
    expect(await turns.take('one', 'a')).toBe(0);
    expect(await turns.take('two', 'a')).toBe(0);
    expect(await turns.take('two', 'b')).toBeGreaterThan(0);
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
