import type { INestApplication } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { platformApp } from '../../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { Clock } from '../../../platform/clock/clock.js';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { Database } from '../../../platform/database/database.js';
import { Notifications, type Notice } from '../../notifications/index.js';
import { makeUser } from '../testing/make-user.js';
import { User } from '../users/user.entity.js';
import type { QuotaLimits } from './limits.js';
import { QuotaUsage } from './quota-usage.entity.js';
import { QuotaUsageRepository } from './quota-usage.repository.js';
import { Quotas } from './quotas.js';

const DAY_MS = 86_400_000;
const LIMITS: QuotaLimits = {
  maxRecordingsPerMonth: 5,
  maxStorageBytes: 4 * 2 ** 40,
  maxConcurrentTasks: 2,
  maxAutomationJobs: 5,
  minAutomationIntervalHours: 1,
};

class Told {
  readonly notices: (Notice & { owner: string })[] = [];

  tell(owner: string, notice: Notice): Promise<void> {
    this.notices.push({ owner, ...notice });
    return Promise.resolve();
  }
}

describe('quotas', () => {
  let stores: TestStores;
  let app: INestApplication;
  let database: Database;
  let quotas: Quotas;
  let clock: ManualClock;
  let told: Told;
  let owner: string;

  beforeAll(async () => {
    stores = await testStores();
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    clock = new ManualClock(Date.UTC(2026, 10, 5, 12));
    told = new Told();
    app = await platformApp({
      stores,
      imports: [TypeOrmModule.forFeature([QuotaUsage, User])],
      providers: [QuotaUsageRepository, Quotas, { provide: Notifications, useValue: told }],
      replace: [[Clock, clock]],
    });
    database = app.get(Database);
    quotas = app.get(Quotas);
    owner = (await makeUser(database, { quotas: LIMITS })).id;
  });
  afterEach(() => app.close());

  const granted = async (claims: Promise<unknown>[]) =>
    (await Promise.allSettled(claims)).filter(({ status }) => status === 'fulfilled').length;
  const twenty = (claim: (i: number) => Promise<unknown>) => Array.from({ length: 20 }, (_, i) => claim(i));
  const keys = () => told.notices.map(({ key }) => key);
  const rows = () =>
    database.query<{ quota: string; period: string; used: string }>(
      'SELECT quota, period, used FROM quota_usage WHERE user_id = $1 ORDER BY quota, period',
      [owner],
    );

  it('grants 5 of 20 claims that come at once to a quota of 5', async () => {
    expect(await granted(twenty(() => quotas.claim(owner, 'recordings')))).toBe(5);
    expect(await quotas.usage(owner)).toMatchObject({ recordingsThisMonth: 5 });
    expect(await rows()).toEqual([{ quota: 'recordings', period: '2026-11', used: '5' }]);
  });

  it('grants as many in transactions, and gives back what is rolled back', async () => {
    const inTransaction = (rollsBack: boolean) => () =>
      database.transaction(async () => {
        await quotas.claim(owner, 'automationJobs');
        if (rollsBack) throw new Error('rolled back');
      });
    expect(await granted(twenty((i) => inTransaction(i % 2 === 0)()))).toBe(5);
    await quotas.release(owner, 'automationJobs', 5);
    expect(await granted(twenty(inTransaction(true)))).toBe(0);
    expect(await quotas.usage(owner)).toMatchObject({ automationJobs: 0 });
    expect(await granted(twenty(inTransaction(false)))).toBe(5);
  });

  it('keeps accounts and quotas apart', async () => {
    const other = (await makeUser(database, { quotas: LIMITS })).id;
    await quotas.claim(owner, 'recordings', 5);
    await quotas.claim(other, 'recordings', 4);
    await quotas.claim(owner, 'automationJobs', 2);
    expect(await quotas.usage(owner)).toEqual({
      recordingsThisMonth: 5,
      storageBytes: 0,
      runningTasks: 0,
      automationJobs: 2,
    });
    expect(await quotas.usage(other)).toMatchObject({ recordingsThisMonth: 4, automationJobs: 0 });
    expect(await quotas.limitsOf(owner)).toEqual(LIMITS);
  });

  it('counts bytes beyond 32 bits, and takes all or nothing of what is asked', async () => {
    await quotas.claim(owner, 'storage', 3 * 2 ** 40);
    await expect(quotas.claim(owner, 'storage', 2 ** 40 + 1)).rejects.toMatchObject({
      code: 'quota.storage',
      kind: 'forbidden',
      context: { limit: 4 * 2 ** 40, used: 3 * 2 ** 40 },
      message: expect.stringContaining('delete recordings') as string,
    });
    expect(await quotas.tryClaim(owner, 'storage', 2 ** 40)).toBe(true);
    expect(await quotas.tryClaim(owner, 'storage')).toBe(false);
    expect(await quotas.usage(owner)).toMatchObject({ storageBytes: 4 * 2 ** 40 });
    const other = (await makeUser(database, { quotas: LIMITS })).id;
    expect(await quotas.tryClaim(other, 'storage', Number.MAX_SAFE_INTEGER)).toBe(false);
    await expect(quotas.claim(owner, 'storage', -1)).rejects.toThrow(RangeError);
    await expect(quotas.release(owner, 'storage', 0.5)).rejects.toThrow(RangeError);
  });

  it('gives back, and never more than was taken', async () => {
    await quotas.claim(owner, 'automationJobs', 5);
    await quotas.release(owner, 'automationJobs', 2);
    expect(await quotas.tryClaim(owner, 'automationJobs', 3)).toBe(false);
    expect(await quotas.tryClaim(owner, 'automationJobs', 2)).toBe(true);
    await quotas.release(owner, 'automationJobs', 100);
    await quotas.release(owner, 'tasks');
    expect(await quotas.usage(owner)).toMatchObject({ automationJobs: 0, runningTasks: 0 });
  });

  it('refuses until the use is below a limit that was lowered, and obeys a raised one at once', async () => {
    const limit = (maxAutomationJobs: number) =>
      database.repository(User).update({ id: owner }, { quotas: { ...LIMITS, maxAutomationJobs } });
    await quotas.claim(owner, 'automationJobs', 5);
    await limit(3);
    await quotas.release(owner, 'automationJobs', 2);
    await expect(quotas.claim(owner, 'automationJobs')).rejects.toMatchObject({
      code: 'quota.automation_jobs',
      kind: 'forbidden',
      context: { limit: 3, used: 3 },
    });
    await quotas.release(owner, 'automationJobs');
    await quotas.claim(owner, 'automationJobs');
    await limit(4);
    await quotas.claim(owner, 'automationJobs');
  });

  it('grants nothing to an account that is disabled or gone, and tells nobody', async () => {
    await database.repository(User).update({ id: owner }, { isActive: false });
    expect(await quotas.tryClaim(owner, 'tasks')).toBe(false);
    await database.repository(User).delete({ id: owner });
    await expect(quotas.claim(owner, 'recordings')).rejects.toMatchObject({ code: 'quota.recordings' });
    await expect(quotas.limitsOf(owner)).rejects.toMatchObject({ code: 'auth.unauthenticated' });
    expect(told.notices).toEqual([]);
  });

  it('begins anew each month, says when, and forgets the months before the last', async () => {
    await quotas.claim(owner, 'recordings', 5);
    await expect(quotas.claim(owner, 'recordings')).rejects.toMatchObject({
      code: 'quota.recordings',
      kind: 'limit',
      context: { limit: 5, used: 5 },
      message: expect.stringContaining('wait until 2026-12-01') as string,
    });
    clock.advance(26 * DAY_MS);
    await quotas.claim(owner, 'recordings');
    await quotas.claim(owner, 'tasks');
    expect(await quotas.usage(owner)).toMatchObject({ recordingsThisMonth: 1 });
    await quotas.forgetOldMonths();
    expect((await rows()).map(({ period }) => period)).toEqual(['2026-11', '2026-12', '']);
    clock.advance(31 * DAY_MS);
    await quotas.forgetOldMonths();
    expect((await rows()).map(({ period }) => period)).toEqual(['2026-12', '']);
  });

  describe('the owner', () => {
    it('is told by the claim that leaves nothing, once it is committed with what it was for', async () => {
      await quotas.claim(owner, 'recordings', 4);
      expect(told.notices).toEqual([]);
      await quotas.claim(owner, 'recordings');
      expect(told.notices).toEqual([
        {
          owner,
          event: 'quota.reached',
          key: 'quota:recordings:2026-11',
          params: { quota: 'recordings', limit: 5, used: 5 },
        },
      ]);
    });

    it('is not told of what is rolled back', async () => {
      const insert = `
        INSERT INTO notifications (user_id, event, dedup_key, params, created_at)
        VALUES ($1, 'quota.reached', 'key', '{}', now())`;
      told.tell = async () => {
        await database.query(insert, [owner]);
      };
      const work = database.transaction(async () => {
        await quotas.claim(owner, 'recordings', 5);
        throw new Error('rolled back');
      });
      await expect(work).rejects.toThrow('rolled back');
      const count = 'SELECT 1 FROM notifications WHERE user_id = $1';
      expect(await database.query(count, [owner])).toEqual([]);
      await quotas.claim(owner, 'recordings', 5);
      expect(await database.query(count, [owner])).toHaveLength(1);
    });

    it('is told of a refusal, though it was rolled back', async () => {
      const work = database.transaction(async () => {
        await quotas.claim(owner, 'storage', 5 * 2 ** 40).catch((error: unknown) => {
          expect(keys()).toEqual([]);
          throw error;
        });
      });
      await expect(work).rejects.toMatchObject({ code: 'quota.storage' });
      expect(keys()).toEqual(['quota:storage:2026-11-05']);
    });

    it('is told of what is refused to those who can wait, but not that tasks wait for their turn', async () => {
      expect(await quotas.tryClaim(owner, 'tasks', 2)).toBe(true);
      expect(await quotas.tryClaim(owner, 'tasks')).toBe(false);
      expect(keys()).toEqual([]);
      expect(await quotas.tryClaim(owner, 'automationJobs', 6)).toBe(false);
      expect(keys()).toEqual(['quota:automationJobs:2026-11-05']);
    });
  });
});
