import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import { IN_FLIGHT } from '../jobs/job-status.js';
import type { ErrorClass } from '../kie/error-class.js';

export interface Waiting {
  /** Since when the one waits that waits longest; null: none waits. */
  oldestSince: Date | null;
  /** Of those that wait, how many began before the time that was asked for. */
  jobs: number;
}

/** Jobs that ended alike. */
export interface Outcomes {
  status: 'delivered' | 'failed';
  /** Of those that failed. */
  errorClass: ErrorClass | null;
  /** Of the last 24 h. */
  day: number;
  lastHour: number;
  /** What was paid for them in these 24 h: of those that were delivered it was spent. */
  credits: number;
}

const HOUR_MS = 3_600_000;

@Injectable()
export class HealthRepository {
  constructor(
    private readonly database: Database,
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
  ) {}

  /**
   * A job waits since it came into the queue: made, asked for anew, or back from the provider. That it was about to leave
   * and found no free key does not begin it again. What waits only until its owner has fewer videos on the way does not
   * count: nobody but he could help that.
   */
  async waiting(longerThan: Date): Promise<Waiting> {
    const [row = { oldestSince: null, jobs: 0 }] = await this.database.query<Waiting>(
      `SELECT min(since) AS "oldestSince", count(*) FILTER (WHERE since < $1)::integer AS jobs
       FROM (
         SELECT coalesce((
           SELECT max(event.at) FROM generation_job_events AS event
           WHERE event.job_id = job.id AND event."to" = 'queued'
             AND (event."from" IS NULL OR event."from" IN ('generating', 'delivering', 'failed'))
         ), job.created_at) AS since
         FROM generation_jobs AS job
         WHERE job.status = 'queued' AND job.tg_user_id NOT IN (
           SELECT tg_user_id FROM generation_jobs WHERE status = ANY($2) GROUP BY tg_user_id HAVING count(*) >= $3
         )
       ) AS waiting`,
      [longerThan, IN_FLIGHT, this.config.maxInFlightPerUser],
    );
    return row;
  }

  /** How jobs have ended in the last 24 h. */
  async outcomes(now: Date): Promise<Outcomes[]> {
    return this.database.query<Outcomes>(
      `SELECT status, "errorClass", count(*)::integer AS day, count(*) FILTER (WHERE at >= $2)::integer AS "lastHour",
         sum(cost_credits)::integer AS credits
       FROM (
         SELECT status, CASE status WHEN 'failed' THEN error_class END AS "errorClass", cost_credits,
           coalesce((timings ->> status)::timestamptz, updated_at) AS at
         FROM generation_jobs WHERE status IN ('delivered', 'failed') AND updated_at >= $1
       ) AS ended
       WHERE at >= $1 GROUP BY status, "errorClass" ORDER BY status, day DESC, "errorClass"`,
      [new Date(now.getTime() - 24 * HOUR_MS), new Date(now.getTime() - HOUR_MS)],
    );
  }
}
