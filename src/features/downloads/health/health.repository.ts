import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { HealthStatus } from '../routing/download-provider.entity.js';
import { COUNTED } from './counted-attempts.js';
import type { Score } from './judge-health.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface ProviderScore extends Score {
  /** Of the last 24 h, from 0 to 1; null: nothing was tried. */
  successRate: number | null;
  /** Of what succeeded in the last 24 h. */
  avgSpeed: number | null;
  /** In the last 24 h. */
  lastSuccessAt: Date | null;
  lastErrorAt: Date | null;
}

export const NOTHING_TRIED: ProviderScore = {
  attempts: 0,
  errors: 0,
  successRate: null,
  avgSpeed: null,
  lastSuccessAt: null,
  lastErrorAt: null,
};

/** Attempts in, health out: one query each, however many providers there are. */
@Injectable()
export class HealthRepository {
  constructor(private readonly database: Database) {}

  /** By provider; those that were not tried in the last 24 h are missing. */
  async scores(now: Date): Promise<Map<string, ProviderScore>> {
    const rows = await this.database.query<ProviderScore & { provider: string }>(
      `SELECT provider,
         count(*) FILTER (WHERE ended_at >= $2)::integer AS attempts,
         count(*) FILTER (WHERE ended_at >= $2 AND outcome = 'failed')::integer AS errors,
         avg((outcome = 'succeeded')::integer)::double precision AS "successRate",
         avg(download_speed_bytes_per_sec) FILTER (WHERE outcome = 'succeeded') AS "avgSpeed",
         max(ended_at) FILTER (WHERE outcome = 'succeeded') AS "lastSuccessAt",
         max(ended_at) FILTER (WHERE outcome = 'failed') AS "lastErrorAt"
       FROM download_attempts
       WHERE started_at >= $1 AND ${COUNTED}
       GROUP BY provider`,
      [ago(now, DAY_MS), ago(now, HOUR_MS)],
    );
    return new Map(rows.map(({ provider, ...score }) => [provider, score]));
  }

  /** Rows that would stay as they are are left alone; the last success and error of longer ago stay. */
  async write(providers: readonly (ProviderScore & { name: string; status: HealthStatus })[]): Promise<void> {
    await this.database.query(
      `UPDATE download_providers AS row SET
         health_status = seen.status, error_count_1h = seen.errors, success_rate_24h = seen."successRate",
         avg_speed_bytes_per_sec = seen."avgSpeed",
         last_success_at = greatest(row.last_success_at, seen."lastSuccessAt"),
         last_error_at = greatest(row.last_error_at, seen."lastErrorAt")
       FROM jsonb_to_recordset($1) AS seen (name text, status text, errors integer, "successRate" double precision,
         "avgSpeed" double precision, "lastSuccessAt" timestamptz, "lastErrorAt" timestamptz)
       WHERE row.name = seen.name AND (
         row.health_status, row.error_count_1h, row.success_rate_24h, row.avg_speed_bytes_per_sec,
         row.last_success_at, row.last_error_at
       ) IS DISTINCT FROM (
         seen.status, seen.errors, seen."successRate", seen."avgSpeed",
         greatest(row.last_success_at, seen."lastSuccessAt"), greatest(row.last_error_at, seen."lastErrorAt"))`,
      [JSON.stringify(providers)],
    );
  }
}

function ago(now: Date, ms: number): Date {
  return new Date(now.getTime() - ms);
}
