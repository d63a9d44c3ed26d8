import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { AudienceFiguresDto, AudienceStatsDto } from './audience-stats.dto.js';

const since = (column: string, days: number) =>
  `count(*) FILTER (WHERE ${column} > $1::timestamptz - interval '${days} days')`;

const FIGURES: Record<keyof AudienceFiguresDto, string> = {
  total: 'count(*)',
  new1Day: since('first_seen_at', 1),
  new7Days: since('first_seen_at', 7),
  new30Days: since('first_seen_at', 30),
  active1Day: since('last_seen_at', 1),
  active7Days: since('last_seen_at', 7),
  active30Days: since('last_seen_at', 30),
  blocked: 'count(blocked_bot_at)',
  banned: 'count(banned_at)',
};

const counted = Object.entries(FIGURES).map(([name, count]) => `${count} AS "${name}"`);
const addedUp = Object.keys(FIGURES).map((name) => `coalesce(sum("${name}"), 0)::integer AS "${name}"`);

@Injectable()
export class AudienceStatsRepository {
  constructor(private readonly database: Database) {}

  /** Reads everybody once. */
  async count(now: Date): Promise<AudienceStatsDto> {
    const rows = await this.database.query<AudienceFiguresDto & { bot: string | null }>(
      `SELECT bot, ${addedUp.join(', ')}
       FROM (SELECT bot, ${counted.join(', ')} FROM bot_users GROUP BY bot) AS bots
       GROUP BY ROLLUP (bot) ORDER BY bot`,
      [now],
    );
    const all = rows.find(({ bot }) => bot === null);
    if (!all) throw new Error('An aggregate came without its total');
    const { bot, ...total } = all;
    return {
      ...total,
      bots: rows.flatMap(({ bot: name, ...figures }) => (name === null ? [] : [{ bot: name, ...figures }])),
    };
  }
}
