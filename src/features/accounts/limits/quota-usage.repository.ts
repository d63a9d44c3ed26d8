import { Injectable } from '@nestjs/common';
import { And, LessThan, Not } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import type { QuotaLimits } from './limits.js';
import { periodOf, QUOTAS, type QuotaName } from './quota-definitions.js';
import { QuotaUsage } from './quota-usage.entity.js';

/** What became of a claim. `used` is after it, or what left no room for it. */
export interface ClaimOutcome {
  granted: boolean;
  used: number;
  limit: number;
}

/**
 * The account is locked against its deletion alone. Claims of one quota wait for each other at its row, and each looks
 * at what the one before has left.
 */
const CLAIM = `
  WITH account AS (
    SELECT id, (quotas ->> $4)::bigint AS "limit" FROM users WHERE id = $1 AND is_active FOR KEY SHARE
  ), taken AS (
    INSERT INTO quota_usage AS usage (user_id, quota, period, used)
    SELECT id, $2, $3, $5::bigint FROM account WHERE $5::bigint <= "limit"
    ON CONFLICT (user_id, quota, period) DO UPDATE SET used = usage.used + excluded.used
    WHERE usage.used + excluded.used <= (SELECT "limit" FROM account)
    RETURNING used
  )
  SELECT "limit", (SELECT used FROM taken) AS used FROM account`;

const RELEASE = `
  UPDATE quota_usage SET used = greatest(used - $4::bigint, 0)
  WHERE user_id = $1 AND quota = $2 AND period = $3`;

@Injectable()
export class QuotaUsageRepository {
  constructor(private readonly database: Database) {}

  /** @returns undefined when the account is gone or disabled */
  async claim(owner: string, quota: QuotaName, amount: number, at: Date): Promise<ClaimOutcome | undefined> {
    const parameters = [owner, quota, periodOf(quota, at), QUOTAS[quota].limit, amount];
    const [row] = await this.database.query<{ limit: string; used: string | null }>(CLAIM, parameters);
    if (!row) return undefined;
    const limit = Number(row.limit);
    if (row.used !== null) return { granted: true, used: Number(row.used), limit };
    return { granted: false, used: await this.used(owner, quota, at), limit };
  }

  async release(owner: string, quota: QuotaName, amount: number, at: Date): Promise<void> {
    await this.database.query(RELEASE, [owner, quota, periodOf(quota, at), amount]);
  }

  async used(owner: string, quota: QuotaName, at: Date): Promise<number> {
    const row = await this.rows.findOne(owner, { quota, period: periodOf(quota, at) });
    return row?.used ?? 0;
  }

  /** All that an account uses; what is not there it has never used. */
  async usedOfAll(owner: string, at: Date): Promise<Map<string, number>> {
    const rows = await this.rows.find(owner);
    const current = rows.filter(({ quota, period }) => isQuota(quota) && period === periodOf(quota, at));
    return new Map(current.map(({ quota, used }) => [quota, used]));
  }

  /** @returns undefined when there is no such account */
  async limits(owner: string): Promise<QuotaLimits | undefined> {
    const [row] = await this.database.query<{ quotas: QuotaLimits }>('SELECT quotas FROM users WHERE id = $1', [owner]);
    return row?.quotas;
  }

  /** @param month e.g. `2026-11`, which stays with what came after it */
  async forgetBefore(month: string): Promise<void> {
    await this.database.ofAllUsers(QuotaUsage).delete({ period: And(Not(''), LessThan(month)) });
  }

  private get rows() {
    return this.database.owned(QuotaUsage);
  }
}

function isQuota(name: string): name is QuotaName {
  return Object.hasOwn(QUOTAS, name);
}
