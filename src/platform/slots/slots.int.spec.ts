import type { INestApplication } from '@nestjs/common';
import { eventually } from '../../../test/support/eventually.js';
import { platformApp } from '../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Clock } from '../clock/clock.js';
import { ManualClock } from '../clock/testing/manual-clock.js';
import { Database } from '../database/database.js';
import { Redis } from '../redis/redis.js';
import { SlotsModule } from './slots.module.js';
import { Slots } from './slots.js';

const SECOND = 1_000;

describe('slots', () => {
  let stores: TestStores;
  let clock: ManualClock;
  let apps: INestApplication[];
  let [here, there]: Slots[] = [];
  const start = async () => {
    const app = await platformApp({ stores, imports: [SlotsModule], replace: [[Clock, clock]] });
    apps.push(app);
    return app.get(Slots);
  };
  beforeAll(async () => {
    stores = await testStores();
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    clock = new ManualClock();
    apps = [];
    [here, there] = [await start(), await start()];
    await redis().client.flushAll();
  });
  afterEach(async () => {
    for (const app of apps) await app.close();
  });

  const redis = () => apps[0]?.get(Redis) as Redis;
  const usedOf = async (key: string) => (await here?.usage())?.find((slot) => slot.key === key)?.used;

  it('have the limits that are listed, else 10, and a change holds everywhere after two seconds', async () => {
    expect(await there?.limitOf('youtube:pytubefix')).toBe(2);
    expect(await there?.limitOf('youtube:nobody')).toBe(10);
    await here?.set('youtube:pytubefix', 7);
    await here?.set('youtube:nobody', 8);
    expect(await here?.limitOf('youtube:pytubefix')).toBe(7);
    expect(await there?.limitOf('youtube:pytubefix')).toBe(2);
    clock.advance(2 * SECOND);
    expect(await there?.limitOf('youtube:pytubefix')).toBe(7);
    expect(await there?.limitOf('youtube:nobody')).toBe(8);
    await apps[0]?.get(Database).query(`DELETE FROM slots WHERE key = 'youtube:nobody'`);
  });

  it('are waited for, and given on', async () => {
    await here?.set('ffmpeg', 1);
    clock.advance(2 * SECOND);
    const release = await here?.hold('ffmpeg');
    let isIn = false;
    const waiting = there?.hold('ffmpeg').then((leave) => {
      isIn = true;
      return leave;
    });
    await eventually(async () => {
      clock.advance(500);
      return (await usedOf('ffmpeg')) === 1;
    });
    expect(isIn).toBe(false);
    await release?.();
    await eventually(() => {
      clock.advance(500);
      return isIn;
    });
    await (
      await waiting
    )?.();
    expect(await usedOf('ffmpeg')).toBe(0);
  });

  it('are not waited for any longer by whoever gives up', async () => {
    await here?.set('ffmpeg', 0);
    const giveUp = new AbortController();
    const waiting = here?.hold('ffmpeg', giveUp.signal);
    giveUp.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
  });

  it('are kept by a holder that is alive, and free again 30 s after it was killed (point 16)', async () => {
    await here?.set('ffmpeg', 1);
    const release = await here?.hold('ffmpeg');
    for (let beat = 0; beat < 6; beat += 1) {
      clock.advance(10 * SECOND);
      const ends = clock.now().getTime() + 30 * SECOND;
      await eventually(
        async () => (await redis().client.zRangeWithScores('nexus:slot:ffmpeg', 0, -1))[0]?.score === ends,
      );
    }
    await redis().client.zAdd('nexus:slot:ffmpeg', { score: clock.now().getTime() + 30 * SECOND, value: 'killed' });
    await release?.();
    expect(await usedOf('ffmpeg')).toBe(1);
    clock.advance(30 * SECOND);
    expect(await usedOf('ffmpeg')).toBe(0);
  });

  it('are given at once while Redis is away', async () => {
    await here?.set('ffmpeg', 0);
    redis().client.destroy();
    const release = await here?.hold('ffmpeg');
    await release?.();
  });
});
