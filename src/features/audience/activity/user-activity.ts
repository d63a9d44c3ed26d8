import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Database } from '../../../platform/database/database.js';
import { Implementations } from '../../../platform/discovery/implementations.js';
import { OperatorCalendar } from '../../ops/index.js';
import { RequestsTable } from './requests-table.js';

const DAYS = 30;
const LAST_REQUESTS = 20;

/** A person in a bot. */
export interface BotPerson {
  bot: string;
  tgUserId: number;
}

export interface ActivitySummary {
  /** All that he has ever asked for. */
  requests: number;
  lastRequestAt: Date;
}

export interface DayOfActivity {
  /** Of the operator, as `2026-11-20`. */
  day: string;
  requests: number;
  /** Of them, those that he got what he asked for. */
  delivered: number;
}

export interface RequestOfPerson {
  id: string;
  errorRef: string | null;
  link: string | null;
  platform: string;
  title: string | null;
  state: string;
  createdAt: Date;
}

export interface PersonalActivity {
  /** The last thirty days, today included, also those without any. */
  byDay: DayOfActivity[];
  /** Of all time, the most asked for first. */
  byPlatform: { platform: string; requests: number }[];
  /** The newest first. */
  lastRequests: RequestOfPerson[];
}

/** What people have asked the bots for, whichever feature it was that they asked. */
@Injectable()
export class UserActivity {
  constructor(
    private readonly database: Database,
    private readonly implementations: Implementations,
    private readonly calendar: OperatorCalendar,
  ) {}

  /** In the order of `people`; null for those who have not asked for anything. */
  async summaries(people: readonly BotPerson[]): Promise<(ActivitySummary | null)[]> {
    const rows = await this.database.query<{ requests: number; lastRequestAt: Date | null }>(
      `SELECT requests, "lastRequestAt" FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS person (bot, id, place),
       LATERAL (
         SELECT count(*)::integer AS requests, max(created_at) AS "lastRequestAt"
         FROM (${this.asked()}) AS asked WHERE asked.bot = person.bot AND asked.tg_user_id = person.id
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
      this.lastRequests(person),
    ]);
    return { byDay, byPlatform, lastRequests };
  }

  private byDay({ bot, tgUserId }: BotPerson): Promise<DayOfActivity[]> {
    const last = this.calendar.today();
    const first = DateTime.fromISO(last, { zone: 'utc' })
      .minus({ days: DAYS - 1 })
      .toFormat('yyyy-MM-dd');
    return this.database.query<DayOfActivity>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, coalesce(requests, 0) AS requests, coalesce(delivered, 0) AS delivered
       FROM generate_series($1::date, $2::date, interval '1 day') AS days (day)
       LEFT JOIN (
         SELECT (created_at AT TIME ZONE $5)::date AS day, count(*)::integer AS requests,
           count(*) FILTER (WHERE is_delivered)::integer AS delivered
         FROM (${this.asked()}) AS asked
         WHERE bot = $6 AND tg_user_id = $7 AND created_at >= $3 AND created_at < $4
         GROUP BY 1
       ) AS asked USING (day)
       ORDER BY day`,
      [first, last, this.calendar.startOf(first), this.calendar.endOf(last), this.calendar.timezone, bot, tgUserId],
    );
  }

  private byPlatform({ bot, tgUserId }: BotPerson): Promise<PersonalActivity['byPlatform']> {
    return this.database.query(
      `SELECT platform, count(*)::integer AS requests FROM (${this.asked()}) AS asked
       WHERE bot = $1 AND tg_user_id = $2
       GROUP BY platform ORDER BY requests DESC, platform`,
      [bot, tgUserId],
    );
  }

  private lastRequests({ bot, tgUserId }: BotPerson): Promise<RequestOfPerson[]> {
    return this.database.query(
      `SELECT id, error_ref AS "errorRef", link, platform, title, state, created_at AS "createdAt"
       FROM (${this.asked()}) AS asked
       WHERE bot = $1 AND tg_user_id = $2
       ORDER BY created_at DESC, id LIMIT ${LAST_REQUESTS}`,
      [bot, tgUserId],
    );
  }

  /** All tables as one. PostgreSQL asks each of them for a person's rows alone. */
  private asked(): string {
    const tables = this.implementations.of(RequestsTable);
    if (tables.length === 0) throw new Error('No feature has a RequestsTable');
    return tables.map(selectOf).join(' UNION ALL ');
  }
}

function selectOf({ name, state, isDelivered, platform, title, link, errorRef }: RequestsTable): string {
  return `SELECT id, bot, tg_user_id, created_at, ${state} AS state, ${isDelivered} AS is_delivered,
    ${platform} AS platform, ${title} AS title, ${link} AS link, ${errorRef} AS error_ref FROM ${name}`;
}
