import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { usdOfMicro } from '../micro-usd.js';

export interface Spent {
  provider: string;
  microUsd: number;
}

/** Money that attempts have cost, and what is set aside for those that run. */
@Injectable()
export class SpendingRepository {
  constructor(private readonly database: Database) {}

  async since(start: Date): Promise<Spent[]> {
    const rows = await this.database.query<{ provider: string; micro: string }>(
      `SELECT provider, (sum(cost_usd) * 1000000)::bigint AS micro FROM download_attempts
       WHERE started_at >= $1 GROUP BY provider HAVING sum(cost_usd) > 0`,
      [start],
    );
    return rows.map(({ provider, micro }) => ({ provider, microUsd: Number(micro) }));
  }

  /**
   * Writes what the provider's day that ends at `dayEnds` has cost, unless its row tells of a later day.
   * @param readMicroUsd is asked while nobody else writes, so that the last one to write has read the last amount
   */
  async write(provider: string, dayEnds: Date, readMicroUsd: () => Promise<number>): Promise<void> {
    await this.database.transaction(async () => {
      const rows = await this.database.query(
        `SELECT 1 FROM download_providers
         WHERE name = $1 AND (budget_reset_at IS NULL OR budget_reset_at <= $2) FOR UPDATE`,
        [provider, dayEnds],
      );
      if (rows.length === 0) return;
      await this.database.query(
        'UPDATE download_providers SET daily_spent_usd = $2, budget_reset_at = $3 WHERE name = $1',
        [provider, usdOfMicro(await readMicroUsd()), dayEnds],
      );
    });
  }
}
