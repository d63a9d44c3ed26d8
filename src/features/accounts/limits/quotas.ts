import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { unauthenticated } from '../../../platform/auth/auth.errors.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Every } from '../../../platform/queue/every.js';
import { Notifications } from '../../notifications/index.js';
import type { QuotaLimits, QuotaUse } from './limits.js';
import { monthOf, noticeKey, QUOTAS, type QuotaName } from './quota-definitions.js';
import { QuotaUsageRepository, type ClaimOutcome } from './quota-usage.repository.js';
import { quotaReached } from './quotas.errors.js';

export type { QuotaName } from './quota-definitions.js';

const DAY_MS = 86_400_000;
const NOTHING: ClaimOutcome = { granted: false, used: 0, limit: 0 };

/**
 * Holds every account to its quotas, however many requests come at once. All of it takes part in the ambient
 * transaction, so that what was claimed for something that is rolled back was never claimed. The owner is told when a
 * quota has been filled or has refused him.
 */
@Injectable()
export class Quotas {
  constructor(
    private readonly database: Database,
    private readonly quotaUsage: QuotaUsageRepository,
    private readonly notifications: Notifications,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes `amount` of a quota. An account that is gone or disabled is granted nothing.
   * @param amount of bytes for `storage`, else how many
   * @throws DomainError `quota.recordings` (429: it begins anew next month), `quota.storage`, `quota.tasks`,
   * `quota.automation_jobs` (403), with `limit` and `used` in its context
   */
  async claim(owner: string, quota: QuotaName, amount = 1): Promise<void> {
    const at = this.clock.now();
    const { granted, used, limit } = await this.take(owner, quota, amount, at);
    if (!granted) throw quotaReached({ quota, amount, used, limit, at });
  }

  /** The same for who can wait. @returns whether it was taken */
  async tryClaim(owner: string, quota: QuotaName, amount = 1): Promise<boolean> {
    return (await this.take(owner, quota, amount, this.clock.now())).granted;
  }

  /** Gives back what was claimed; never leaves less than nothing. Of `recordings`, of the month that it is now. */
  async release(owner: string, quota: QuotaName, amount = 1): Promise<void> {
    checkAmount(amount);
    await this.quotaUsage.release(owner, quota, amount, this.clock.now());
  }

  async usage(owner: string): Promise<QuotaUse> {
    const used = await this.quotaUsage.usedOfAll(owner, this.clock.now());
    const of = (quota: QuotaName) => used.get(quota) ?? 0;
    return {
      recordingsThisMonth: of('recordings'),
      storageBytes: of('storage'),
      runningTasks: of('tasks'),
      automationJobs: of('automationJobs'),
    };
  }

  /** @throws DomainError `auth.unauthenticated` when the account is gone */
  async limitsOf(owner: string): Promise<QuotaLimits> {
    const limits = await this.quotaUsage.limits(owner);
    if (!limits) throw unauthenticated();
    return limits;
  }

  /** Keeps this month and the one before: what began in it may still be under way. */
  @Every({ name: 'accounts.forget-quota-months', everyMs: DAY_MS })
  async forgetOldMonths(): Promise<void> {
    const now = DateTime.fromJSDate(this.clock.now(), { zone: 'utc' });
    await this.quotaUsage.forgetBefore(monthOf(now.minus({ months: 1 }).toJSDate()));
  }

  private async take(owner: string, quota: QuotaName, amount: number, at: Date): Promise<ClaimOutcome> {
    checkAmount(amount);
    return this.database.transaction(async () => {
      const outcome = await this.quotaUsage.claim(owner, quota, amount, at);
      if (!outcome) return NOTHING;
      const tell = () => this.tell(owner, quota, outcome, at);
      // Who is refused usually rolls back, and is to be told all the same.
      if (!outcome.granted) await this.database.afterwards(tell);
      else if (outcome.used === outcome.limit) await tell();
      return outcome;
    });
  }

  private async tell(owner: string, quota: QuotaName, { used, limit }: ClaimOutcome, at: Date): Promise<void> {
    if (!QUOTAS[quota].told) return;
    const notice = { event: 'quota.reached' as const, key: noticeKey(quota, at), params: { quota, limit, used } };
    await this.notifications.tell(owner, notice);
  }
}

function checkAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError('An amount is a whole number, 0 or more');
}
