import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { OperatorCalendar } from '../../../ops/index.js';
import type { Platform } from '../../links/media-link.js';
import type { DayCostDto } from './costs.dto.js';
import type { Days, Period } from './period.js';

/** Of a provider on a day; of a provider when `day` is null; of all when both are. What costs nothing is in the last only. */
export type CostRow = Omit<DayCostDto, 'day' | 'provider'> & { day: string | null; provider: string | null };

@Injectable()
export class CostsRepository {
  constructor(
    private readonly database: Database,
    private readonly calendar: OperatorCalendar,
  ) {}

  /** Attempts belong to the day of their start, as in the budgets. Those that go on have cost nothing yet. */
  async costs({ from, to }: Days, platform: Platform | null): Promise<CostRow[]> {
    return this.database.query<CostRow>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, provider,
         coalesce(sum(cost_usd), 0)::numeric(12, 6)::text AS "costUsd",
         count(*) FILTER (WHERE outcome = 'succeeded')::integer AS successes,
         (sum(cost_usd) / nullif(count(*) FILTER (WHERE outcome = 'succeeded'), 0))::numeric(12, 6)::text AS "costPerSuccessUsd"
       FROM (
         SELECT (started_at AT TIME ZONE $3)::date AS day, provider, cost_usd, outcome FROM download_attempts
         WHERE started_at >= $1 AND started_at < $2 AND outcome IS NOT NULL AND ($4::text IS NULL OR platform = $4)
       ) AS attempts
       GROUP BY GROUPING SETS ((day, provider), (provider), ())
       HAVING sum(cost_usd) > 0 OR grouping(provider) = 1
       ORDER BY day, provider`,
      [from, to, this.calendar.timezone, platform],
    );
  }

  /** Dollars by provider. */
  async spent(
    { from, to }: Period,
    platform: Platform | null,
  ): Promise<{ provider: string | null; costUsd: string }[]> {
    return this.database.query(
      `SELECT provider, sum(cost_usd)::numeric(12, 6)::text AS "costUsd" FROM download_attempts
       WHERE started_at >= $1 AND started_at < $2 AND outcome IS NOT NULL AND ($3::text IS NULL OR platform = $3)
       GROUP BY ROLLUP (provider) HAVING sum(cost_usd) > 0`,
      [from, to, platform],
    );
  }
}
