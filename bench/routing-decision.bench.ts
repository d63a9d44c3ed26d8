import type { INestApplication } from '@nestjs/common';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { decisions } from '../src/features/downloads/testing/decisions.js';
import {
  FakeProvider,
  downloadsWorld,
  type DownloadsWorld,
} from '../src/features/downloads/testing/downloads-world.js';
import { Redis } from '../src/platform/redis/redis.js';

const ROUNDS = 5_000;
const WARM_UP = 3_000;

interface Cost {
  /** Milliseconds of this process's CPU. */
  cpu: number[];
  /** Milliseconds on the clock. */
  wall: number[];
}

/**
 * What a routing decision costs: circuits, budgets, rate limits and slots of a chain of four, in one round trip. Beside it
 * in the same run: a bare round trip, and what a well-known limiter needs for the rate limits of the same four alone.
 */
describe('a routing decision', () => {
  let world: DownloadsWorld;
  let app: INestApplication;
  let redis: Redis;

  beforeAll(async () => {
    const names = ['yt-dlp', 'pytubefix', 'savenow', 'rapidapi'];
    world = await downloadsWorld(names.map((name) => new FakeProvider(name)));
    // What works in the background would be measured with it.
    app = await world.start({ NEXUS_ROLES: 'api' });
    redis = app.get(Redis);
  });
  afterAll(() => world.close());

  it('costs one round trip and little CPU', async () => {
    const { take, settle } = decisions(app);
    const limiter = new RateLimiterRedis({
      storeClient: redis.client,
      points: 1e9,
      duration: 60,
      useRedisPackage: true,
    });
    const chain = ['a', 'b', 'c', 'd'];

    const ping = await measure(
      () => redis.client.ping(),
      () => Promise.resolve(),
    );
    const limits = await measure(
      async () => {
        for (const name of chain) await limiter.consume(name);
      },
      () => Promise.resolve(),
    );
    // What was taken is given back outside the measurement, so that there is always something to take.
    const decision = await measure(take, settle);
    const before = await commands(redis);
    await take();
    const perDecision = (await commands(redis)) - before;

    report([
      ['bare round trip', ping, 1],
      ['rate limits of a chain of four (rate-limiter-flexible)', limits, 4],
      ['routing decision for a chain of four', decision, perDecision],
    ]);
    expect(perDecision).toBe(1);
  });
});

async function measure<T>(work: () => Promise<T>, after: (result: T) => Promise<unknown>): Promise<Cost> {
  for (let i = 0; i < WARM_UP; i++) await after(await work());
  const cost: Cost = { cpu: [], wall: [] };
  for (let i = 0; i < ROUNDS; i++) {
    const [cpu, wall] = [process.cpuUsage(), performance.now()];
    const result = await work();
    cost.wall.push(performance.now() - wall);
    const { user, system } = process.cpuUsage(cpu);
    cost.cpu.push((user + system) / 1_000);
    await after(result);
  }
  return cost;
}

/** Scripts that Redis has been asked to run so far. */
async function commands(redis: Redis): Promise<number> {
  const stats = await redis.client.info('commandstats');
  const calls = [...stats.matchAll(/^cmdstat_(?:evalsha|eval):calls=(\d+)/gm)].map(([, count]) => Number(count));
  return calls.reduce((sum, count) => sum + count, 0);
}

function report(rows: [name: string, cost: Cost, roundTrips: number][]): void {
  const [, floor] = rows[0] ?? [];
  const base = floor ? at(floor.wall, 0.5) : 1;
  const lines = rows.map(([name, { cpu, wall }, roundTrips]) =>
    [
      name.padEnd(56),
      `${roundTrips.toFixed(2)} round trips`,
      `CPU p50 ${at(cpu, 0.5).toFixed(3)} ms, p99 ${at(cpu, 0.99).toFixed(3)} ms`,
      `wall p50 ${at(wall, 0.5).toFixed(3)} ms (× ${(at(wall, 0.5) / base).toFixed(1)}), p99 ${at(wall, 0.99).toFixed(3)} ms`,
    ].join(' · '),
  );
  process.stdout.write(`\n${lines.join('\n')}\n`);
}

function at(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? NaN;
}
