import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { startEmbeddedStores } from '../../../../platform/embedded/index.js';
import { Drain } from '../../../../platform/queue/drain.js';
import { Redis } from '../../../../platform/redis/redis.js';
import { ProviderRegistry } from '../provider-registry.js';
import type { Provider } from '../provider.js';
import type { ReleaseIndex } from './release-index.js';
import { ageConcern, YtDlpAge, type YtDlpAgeState } from './yt-dlp-age.js';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 8, 1);

describe('YtDlpAge', () => {
  let dataDir: string;
  let stores: Awaited<ReturnType<typeof startEmbeddedStores>>;
  let redis: Redis;
  let clock: ManualClock;
  let installed: string | undefined;
  let newest: string | Error;
  let age: YtDlpAge;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'yt-dlp-age-'));
    stores = await startEmbeddedStores({ dataDir, postgres: false, redis: true, log: () => undefined });
    redis = await Redis.connect({ url: stores.redisUrl });
  });

  afterAll(async () => {
    redis.onApplicationShutdown();
    await stores.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await redis.client.flushAll();
    clock = new ManualClock(START);
    installed = '2026.08.19';
    newest = '2026.08.19';
    const program: Provider = {
      name: 'yt-dlp',
      kind: 'local',
      readiness: () => Promise.resolve({ ready: installed !== undefined, version: installed }),
      download: () => Promise.reject(new Error('not here')),
    };
    const index = {
      newest: () => (newest instanceof Error ? Promise.reject(newest) : Promise.resolve(newest)),
    } as ReleaseIndex;
    age = new YtDlpAge(new ProviderRegistry([program], clock), index, redis, clock, new Drain());
  });

  /** A check at the end of so many days. */
  const afterDays = async (days: number): Promise<YtDlpAgeState> => {
    clock.advance(days * DAY_MS);
    await age.check();
    return age.state();
  };
  const day = (count: number) => new Date(START + count * DAY_MS);
  const concern = async () => ageConcern(await age.state(), clock.now());

  it('knows the age without any check', async () => {
    expect(await age.state()).toEqual({
      version: '2026.08.19',
      ageDays: 13,
      newestKnown: null,
      newestKnownSince: null,
      lastCheckAt: null,
      watchedSince: null,
    });
    expect(await concern()).toBeNull();
  });

  it('has no concern about an old release while there is no newer one', async () => {
    await afterDays(0);
    expect(await afterDays(90)).toMatchObject({ ageDays: 103, newestKnown: null, lastCheckAt: day(90) });
    expect(await concern()).toBeNull();
  });

  it('is concerned when there has been a newer one for 30 days, however often a still newer one comes', async () => {
    newest = '2026.10.21';
    expect(await afterDays(50)).toMatchObject({ newestKnown: '2026.10.21', newestKnownSince: day(50) });
    newest = '2026.10.26';
    expect(await afterDays(20)).toMatchObject({ newestKnown: '2026.10.26', newestKnownSince: day(50) });
    await afterDays(9);
    expect(await concern()).toBeNull();
    await afterDays(1);
    expect(await concern()).toBe('yt-dlp 2026.08.19 could have been updated for 30 days, now to 2026.10.26');
  });

  it('begins anew after an update', async () => {
    newest = '2026.10.21';
    await afterDays(50);
    newest = '2026.10.26';
    await afterDays(20);
    installed = '2026.10.21';
    expect(await afterDays(15)).toMatchObject({ newestKnown: '2026.10.26', newestKnownSince: day(70) });
    installed = '2026.10.26';
    expect(await afterDays(30)).toMatchObject({ newestKnown: null, newestKnownSince: null });
    expect(await concern()).toBeNull();
  });

  it('is concerned when no check has succeeded for 30 days, also when none ever has', async () => {
    newest = new Error('no answer');
    expect(await afterDays(1)).toMatchObject({ lastCheckAt: null, watchedSince: day(1) });
    await afterDays(29);
    expect(await concern()).toBeNull();
    await afterDays(1);
    expect(await concern()).toContain('nobody could tell');

    newest = '2026.08.19';
    expect(await afterDays(1)).toMatchObject({ lastCheckAt: day(32), watchedSince: day(1) });
    expect(await concern()).toBeNull();
    newest = new Error('no answer');
    await afterDays(30);
    expect(await concern()).toContain('nobody could tell');
  });

  it('has nothing to say of a program that is not there', async () => {
    installed = undefined;
    expect(await afterDays(40)).toMatchObject({ version: null, ageDays: null, newestKnown: null });
    expect(await concern()).toBeNull();
  });
});
