import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { COUNTED } from '../../health/counted-attempts.js';
import type { ErrorClass } from '../../errors/error-codes.js';
import type { Platform } from '../../links/media-link.js';
import type { ErrorsOnPlatformDto } from './dashboard.dto.js';

const RECENT_ERRORS = 10;

export interface RequestCounts {
  /** Its beginning; null: all hours together. */
  hour: Date | null;
  requests: number;
  delivered: number;
  failed: number;
  successRate: number | null;
  avgTimeMs: number | null;
}

/** Of a platform, or of all when it is null. */
export type AttemptCounts = Omit<ErrorsOnPlatformDto, 'platform'> & {
  platform: Platform | null;
  avgSpeedBytesPerSec: number | null;
};

export interface RecentError {
  requestId: string;
  errorRef: string;
  at: Date;
  platform: Platform;
  provider: string | null;
  errorClass: ErrorClass | null;
  errorCode: string | null;
  message: string | null;
}

@Injectable()
export class DashboardRepository {
  constructor(private readonly database: Database) {}

  /** Hours without requests are missing. */
  async requests(since: Date): Promise<RequestCounts[]> {
    return this.database.query<RequestCounts>(
      `SELECT hour, count(*)::integer AS requests,
         count(*) FILTER (WHERE state = 'delivered')::integer AS delivered,
         count(*) FILTER (WHERE state = 'failed')::integer AS failed,
         (count(*) FILTER (WHERE state = 'delivered'))::double precision
           / nullif(count(*) FILTER (WHERE state = 'delivered' OR state = 'failed' AND error_class IS DISTINCT FROM 'CONTENT'), 0)
           AS "successRate",
         (extract(epoch FROM avg((timings ->> 'delivered')::timestamptz - created_at)
           FILTER (WHERE state = 'delivered' AND timings ? 'downloading')) * 1000)::double precision AS "avgTimeMs"
       FROM (
         SELECT date_trunc('hour', created_at, 'UTC') AS hour, state, error_class, timings, created_at
         FROM download_requests WHERE created_at >= $1
       ) AS asked
       GROUP BY ROLLUP (hour)`,
      [since],
    );
  }

  async attempts(since: Date): Promise<AttemptCounts[]> {
    return this.database.query<AttemptCounts>(
      `SELECT platform, count(*)::integer AS attempts,
         count(*) FILTER (WHERE outcome = 'failed')::integer AS errors,
         avg(download_speed_bytes_per_sec) FILTER (WHERE outcome = 'succeeded') AS "avgSpeedBytesPerSec"
       FROM download_attempts WHERE started_at >= $1 AND ${COUNTED}
       GROUP BY ROLLUP (platform) ORDER BY errors DESC, platform`,
      [since],
    );
  }

  /** The newest first. */
  async recentErrors(since: Date): Promise<RecentError[]> {
    return this.database.query<RecentError>(
      `SELECT request.id AS "requestId", request.error_ref AS "errorRef", request.updated_at AS at, request.platform,
         attempt.provider, request.error_class AS "errorClass", request.error_code AS "errorCode", attempt.message
       FROM download_requests AS request
       LEFT JOIN LATERAL (
         SELECT provider, message FROM download_attempts
         WHERE request_id = request.id AND outcome = 'failed' ORDER BY started_at DESC LIMIT 1
       ) AS attempt ON true
       WHERE request.state = 'failed' AND request.created_at >= $1
       ORDER BY request.created_at DESC LIMIT ${RECENT_ERRORS}`,
      [since],
    );
  }
}
