import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { COUNTED } from '../../health/counted-attempts.js';
import type { Platform } from '../../links/media-link.js';
import type { DetailedPerformanceDto, FallbackDto, OpenCircuitsDto } from './performance.dto.js';
import type { Period } from './period.js';

type Grouped<T, Keys extends keyof T> = Omit<T, Keys> & { [K in Keys]: T[K] | null };
/** Figures of a group: what they are not grouped by is null. */
export type FiguresRow = Grouped<DetailedPerformanceDto, 'platform' | 'provider' | 'durationBucket'>;
/** Of a platform, or of all when it is null. */
export type FallbackRow = FallbackDto & { platform: Platform | null };

const rounded = (expression: string) => `round((${expression})::numeric)::double precision`;
const ofSuccesses = (aggregate: string) => rounded(`${aggregate} FILTER (WHERE succeeded)`);
const percentile = (share: number) => ofSuccesses(`percentile_cont(${share}) WITHIN GROUP (ORDER BY download_time_ms)`);

const FIGURES = `
  count(*) FILTER (WHERE counted)::integer AS attempts,
  count(*) FILTER (WHERE succeeded)::integer AS successes,
  (count(*) FILTER (WHERE succeeded))::double precision / nullif(count(*) FILTER (WHERE counted), 0) AS "successRate",
  ${ofSuccesses('avg(download_speed_bytes_per_sec)')} AS "avgSpeedBytesPerSec",
  ${ofSuccesses('avg(file_size_bytes)')} AS "avgSizeBytes",
  ${ofSuccesses('avg(download_time_ms)')} AS "avgTimeMs",
  ${percentile(0.5)} AS "p50TimeMs",
  ${percentile(0.95)} AS "p95TimeMs",
  ${ofSuccesses('avg(ttfb_ms)')} AS "avgTtfbMs",
  coalesce(sum(cost_usd), 0)::numeric(12, 6)::text AS "costUsd",
  (sum(cost_usd) / nullif(count(*) FILTER (WHERE succeeded), 0))::numeric(12, 6)::text AS "costPerSuccessUsd"`;

const IN_PERIOD = `started_at >= $1 AND started_at < $2 AND ($3::text IS NULL OR platform = $3)`;

@Injectable()
export class PerformanceRepository {
  constructor(private readonly database: Database) {}

  /** Of all, and by platform, provider, bucket and their combinations; all null is the total, always there. */
  async figures({ from, to }: Period, platform: Platform | null): Promise<FiguresRow[]> {
    return this.database.query<FiguresRow>(
      `SELECT platform, provider, duration_bucket AS "durationBucket", ${FIGURES}
       FROM (
         SELECT *, ${COUNTED} AS counted, outcome = 'succeeded' AS succeeded
         FROM download_attempts WHERE ${IN_PERIOD} AND outcome IS NOT NULL
       ) AS attempts
       GROUP BY GROUPING SETS (
         (), (platform), (provider), (duration_bucket), (provider, platform), (provider, platform, duration_bucket))
       ORDER BY provider, platform, duration_bucket`,
      [from, to, platform],
    );
  }

  /** By platform, and of all. */
  async fallback({ from, to }: Period, platform: Platform | null): Promise<FallbackRow[]> {
    return this.database.query<FallbackRow>(
      `SELECT platform,
         ${inMs("avg(started_at - first_at) FILTER (WHERE outcome = 'succeeded' AND started_at > first_at)")} AS "avgFallbackMs",
         ${inMs("avg(started_at - last_end) FILTER (WHERE last_outcome = 'failed')")} AS "avgHandoverMs"
       FROM (
         SELECT platform, outcome, started_at, min(started_at) OVER request AS first_at,
           lag(ended_at) OVER request AS last_end, lag(outcome) OVER request AS last_outcome
         FROM download_attempts WHERE ${IN_PERIOD}
         WINDOW request AS (PARTITION BY request_id ORDER BY started_at)
       ) AS attempts
       GROUP BY ROLLUP (platform)`,
      [from, to, platform],
    );
  }

  /** Where circuits of several lengths of video were open at once, that time counts once. */
  async openCircuits({ from, to }: Period, now: Date): Promise<OpenCircuitsDto[]> {
    return this.database.query<OpenCircuitsDto>(
      `WITH openings AS (
         SELECT split_part(key, ':', 1) AS kind, split_part(key, ':', 2) AS name, nullif(split_part(key, ':', 3), '') AS platform,
           tstzrange(opened_at, greatest(opened_at, least(open_until, closed_at, $3))) * tstzrange($1, $2) AS open
         FROM circuit_openings WHERE opened_at < $2 AND (open_until IS NULL OR open_until > $1)
       )
       SELECT CASE kind WHEN 'p' THEN name END AS provider, CASE kind WHEN 'e' THEN name END AS egress, platform,
         (SELECT coalesce(sum(extract(epoch FROM upper(range) - lower(range))), 0) / 60
          FROM unnest(range_agg(open)) AS range)::double precision AS "openMinutes"
       FROM openings GROUP BY kind, name, platform ORDER BY kind DESC, name, platform`,
      [from, to, now],
    );
  }
}

function inMs(interval: string): string {
  return rounded(`extract(epoch FROM ${interval}) * 1000`);
}
