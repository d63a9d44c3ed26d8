import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { OperatorCalendar } from '../../../ops/index.js';
import { GenerationKey } from '../../keys/generation-key.entity.js';
import { FINAL, JOB_STATUSES, type JobStatus } from '../../jobs/job-status.js';
import type { GenerationHourDto } from './dashboard.dto.js';

/** Those in which a job moves. */
export const PHASES = JOB_STATUSES.filter((status) => !FINAL.includes(status));

export interface PhaseTimes {
  phase: JobStatus;
  stays: number;
  medianSec: number;
  p95Sec: number;
}

@Injectable()
export class DashboardRepository {
  constructor(
    private readonly database: Database,
    private readonly calendar: OperatorCalendar,
  ) {}

  /** Statuses that no job is in are missing. */
  async depth(): Promise<{ status: JobStatus; jobs: number }[]> {
    return this.database.query(
      'SELECT status, count(*)::integer AS jobs FROM generation_jobs WHERE status = ANY($1) GROUP BY status',
      [PHASES],
    );
  }

  /** Of each stay in a phase that has begun and ended since: one that is tried again stays more than once. */
  async phaseTimes(since: Date): Promise<PhaseTimes[]> {
    return this.database.query<PhaseTimes>(
      `SELECT phase, count(*)::integer AS stays,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS "medianSec",
         percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds) AS "p95Sec"
       FROM (
         SELECT "from" AS phase,
           extract(epoch FROM at - lag(at) OVER (PARTITION BY job_id ORDER BY id))::double precision AS seconds
         FROM generation_job_events WHERE at >= $1 AND "from" IS DISTINCT FROM "to"
       ) AS stays
       WHERE phase = ANY($2) AND seconds IS NOT NULL
       GROUP BY phase`,
      [since, PHASES],
    );
  }

  /** The last 24 hours of the operator's clock, the one that goes on included. */
  async hours(now: Date): Promise<(Omit<GenerationHourDto, 'hour'> & { hour: Date })[]> {
    return this.database.query(
      `WITH span AS (SELECT date_trunc('hour', $1::timestamptz, $2) AS last),
       ordered AS (
         SELECT date_trunc('hour', created_at, $2) AS hour, count(*)::integer AS ordered
         FROM generation_jobs, span WHERE created_at >= last - interval '23 hours' GROUP BY 1
       ),
       ended AS (
         SELECT date_trunc('hour', at, $2) AS hour, count(*) FILTER (WHERE status = 'delivered')::integer AS delivered,
           count(*) FILTER (WHERE status = 'failed')::integer AS failed
         FROM (
           SELECT status, coalesce((timings ->> status)::timestamptz, updated_at) AS at
           FROM generation_jobs, span
           WHERE status IN ('delivered', 'failed') AND updated_at >= last - interval '23 hours'
         ) AS over
         GROUP BY 1
       )
       SELECT hour, to_char(hour AT TIME ZONE $2, 'HH24:MI') AS local, coalesce(ordered, 0) AS ordered,
         coalesce(delivered, 0) AS delivered, coalesce(failed, 0) AS failed
       FROM span, generate_series(last - interval '23 hours', last, interval '1 hour') AS hours (hour)
       LEFT JOIN ordered USING (hour) LEFT JOIN ended USING (hour)
       ORDER BY hour`,
      [now, this.calendar.timezone],
    );
  }

  /** Without the keys themselves. */
  keys(): Promise<GenerationKey[]> {
    return this.database.repository(GenerationKey).find({
      select: {
        id: true,
        name: true,
        account: true,
        status: true,
        blockedUntil: true,
        inFlight: true,
        requests: true,
        failures: true,
        balance: true,
      },
      order: { name: 'ASC' },
    });
  }
}
