import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import {
  UserActivity,
  type ActivitySummary,
  type BotPerson,
  type DayOfActivity,
  type PersonalActivity,
} from '../../../audience/index.js';
import { OperatorCalendar } from '../../../ops/index.js';
import { DownloadRequest } from '../../requests/download-request.entity.js';
import { daysOf } from './period.js';

const LAST_REQUESTS = 20;

/** What people have asked the downloader for. */
@Injectable()
export class DownloadActivity extends UserActivity {
  constructor(
    private readonly database: Database,
    private readonly calendar: OperatorCalendar,
  ) {
    super();
  }

  async summaries(people: readonly BotPerson[]): Promise<(ActivitySummary | null)[]> {
    const rows = await this.database.query<{ requests: number; lastRequestAt: Date | null }>(
      `SELECT requests, "lastRequestAt" FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS person (bot, id, place),
       LATERAL (
         SELECT count(*)::integer AS requests, max(created_at) AS "lastRequestAt"
         FROM download_requests AS request WHERE request.bot = person.bot AND request.tg_user_id = person.id
       ) AS summary
       ORDER BY place`,
      [people.map(({ bot }) => bot), people.map(({ tgUserId }) => tgUserId)],
    );
    return rows.map(({ requests, lastRequestAt }) => (lastRequestAt ? { requests, lastRequestAt } : null));
  }

  async of(person: BotPerson): Promise<PersonalActivity> {
    const [byDay, byPlatform, lastRequests] = await Promise.all([
      this.byDay(person),
      this.byPlatform(person),
      this.database.repository(DownloadRequest).find({
        select: { id: true, errorRef: true, link: true, platform: true, title: true, state: true, createdAt: true },
        where: { bot: person.bot, tgUserId: person.tgUserId },
        order: { createdAt: 'DESC' },
        take: LAST_REQUESTS,
      }),
    ]);
    return {
      byDay,
      byPlatform,
      lastRequests: lastRequests.map(({ id, errorRef, link, platform, title, state, createdAt }) => {
        return { id, errorRef, link, platform, title, state, createdAt };
      }),
    };
  }

  private byDay({ bot, tgUserId }: BotPerson): Promise<DayOfActivity[]> {
    const { first, last, from, to } = daysOf({}, this.calendar);
    return this.database.query<DayOfActivity>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, coalesce(requests, 0) AS requests, coalesce(delivered, 0) AS delivered
       FROM generate_series($1::date, $2::date, interval '1 day') AS days (day)
       LEFT JOIN (
         SELECT (created_at AT TIME ZONE $5)::date AS day, count(*)::integer AS requests,
           count(*) FILTER (WHERE state = 'delivered')::integer AS delivered
         FROM download_requests
         WHERE bot = $6 AND tg_user_id = $7 AND created_at >= $3 AND created_at < $4
         GROUP BY 1
       ) AS asked USING (day)
       ORDER BY day`,
      [first, last, from, to, this.calendar.timezone, bot, tgUserId],
    );
  }

  private byPlatform({ bot, tgUserId }: BotPerson): Promise<{ platform: string; requests: number }[]> {
    return this.database.query(
      `SELECT platform, count(*)::integer AS requests FROM download_requests WHERE bot = $1 AND tg_user_id = $2
       GROUP BY platform ORDER BY requests DESC, platform`,
      [bot, tgUserId],
    );
  }
}
