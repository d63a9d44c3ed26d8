import type { INestApplication } from '@nestjs/common';
import { eventually } from '../../../test/support/eventually.js';
import { platformApp } from '../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Lease } from './lease.js';
import { Redis } from './redis.js';

const TTL_MS = 150;

describe('a lease', () => {
  let stores: TestStores;
  let app: INestApplication;
  let redis: Redis;
  beforeAll(async () => {
    stores = await testStores();
    app = await platformApp({ stores });
    redis = app.get(Redis);
  });
  afterAll(async () => {
    await app.close();
    await stores.close();
  });
  afterEach(() => vi.restoreAllMocks());

  it('is held by one at a time', async () => {
    const [one, other] = [new Lease(redis, 'one', TTL_MS), new Lease(redis, 'one', TTL_MS)];
    expect(await one.hold()).toBe(true);
    expect(await other.hold()).toBe(false);
    await one.release();
    expect(await other.hold()).toBe(true);
    await other.release();
  });

  it('stays released, though a renewal was under way', async () => {
    const lease = new Lease(redis, 'renewed', TTL_MS);
    await lease.hold();
    const run = redis.run.bind(redis);
    let answer: () => void = () => undefined;
    const renewal = vi.spyOn(redis, 'run').mockImplementationOnce(async (...parameters) => {
      const held = await run(...parameters);
      await new Promise<void>((resolve) => (answer = resolve));
      return held;
    });
    await eventually(() => renewal.mock.calls.length === 1);
    await eventually(async () => (await redis.client.exists('nexus:lease:renewed')) === 1);
    await lease.release();
    answer();
    const calls = renewal.mock.calls.length;
    // Another one that is renewed several times meanwhile tells how long to look.
    const other = new Lease(redis, 'other', TTL_MS);
    await other.hold();
    await eventually(() => renewal.mock.calls.filter(([, [key]]) => key === 'nexus:lease:other').length > 3);
    await other.release();
    expect(renewal.mock.calls.slice(calls).filter(([, [key]]) => key === 'nexus:lease:renewed')).toEqual([]);
  });
});
