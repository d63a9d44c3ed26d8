import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { OperatorCalendar } from '../../../ops/index.js';
import type { Platform } from '../../links/media-link.js';
import type { DayActivityDto, PlatformShareDto } from './activity.dto.js';
import type { Days } from './period.js';

@Injectable()
export class ActivityRepository {
  constructor(
    private readonly database: Database,
    private readonly calendar: OperatorCalendar,
  ) {}

  async byDay({ first, last, from, to }: Days, platform: Platform | null): Promise<DayActivityDto[]> {
    return this.database.query<DayActivityDto>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, coalesce(requests, 0) AS requests, coalesce(delivered, 0) AS delivered,
         coalesce(failed, 0) AS failed, coalesce(cancelled, 0) AS cancelled, coalesce(from_cache, 0) AS "fromCache",
         coalesce(users, 0) AS users
       FROM generate_series($1::date, $2::date, interval '1 day') AS days (day)
       LEFT JOIN (
         SELECT (created_at AT TIME ZONE $5)::date AS day,
           count(*)::integer AS requests,
           count(*) FILTER (WHERE state = 'delivered')::integer AS delivered,
           count(*) FILTER (WHERE state = 'failed')::integer AS failed,
           count(*) FILTER (WHERE state = 'cancelled')::integer AS cancelled,
           count(*) FILTER (WHERE state = 'delivered' AND NOT timings ? 'downloading')::integer AS from_cache,
           count(DISTINCT tg_user_id)::integer AS users
         FROM download_requests
         WHERE created_at >= $3 AND created_at < $4 AND ($6::text IS NULL OR platform = $6)
         GROUP BY 1
       ) AS asked USING (day)
       ORDER BY day`,
      [first, last, from, to, this.calendar.timezone, platform],
    );
  }

  async byPlatform({ from, to }: Days): Promise<PlatformShareDto[]> {
    return this.database.query<PlatformShareDto>(
      `SELECT platform, count(*)::integer AS requests, count(*) FILTER (WHERE state = 'delivered')::integer AS delivered,
         (count(*) / sum(count(*)) OVER ())::double precision AS share
       FROM download_requests WHERE created_at >= $1 AND created_at < $2
       GROUP BY platform ORDER BY requests DESC, platform`,
      [from, to],
    );
  }
}
