import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';

type Step = Pick<GenerationJob, 'id' | 'run' | 'status'>;

const AT_ONCE = 500;
/** A call of createTask is over by then, and so is its worker when nothing was written. */
const SENDING_SEC = 60;
/** From the commit to Bull it is not far. */
const TO_BULL_SEC = 15;
const LATE_MS = 20_000;
const MOST_LOSSES = 5;
const NOBODY = `(claim IS NULL OR lease_until < now())`;

/** Rows that should be moving, and nobody may be moving them. */
@Injectable()
export class StrandedRepository {
  constructor(private readonly database: Database) {}

  /** Calls whose worker was lost have no answer. From now on the window of their account is counted. @returns their jobs */
  async leaveUnanswered(): Promise<string[]> {
    const left = await this.database.query<{ jobId: string }>(
      `UPDATE generation_submissions SET state = 'unanswered', answered_at = now()
       WHERE state = 'sending' AND id IN (
         SELECT id FROM generation_submissions
         WHERE state = 'sending' AND sent_at < now() - interval '${SENDING_SEC} seconds'
         ORDER BY sent_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
       )
       RETURNING job_id AS "jobId"`,
    );
    return left.map(({ jobId }) => jobId);
  }

  /**
   * Jobs whose step nobody does. One in `delivering` with a `resultKey` waits for Telegram, of which the outbox tells. When
   * Bull holds the step after all, asking for it again is harmless.
   * @param now due times are those of the `Clock`
   */
  steps(now: Date): Promise<Step[]> {
    return this.database.query<Step>(
      `SELECT id, run, status FROM generation_jobs
       WHERE status IN ('prompting', 'submitting', 'generating', 'delivering')
         AND updated_at < now() - interval '${TO_BULL_SEC} seconds' AND ${NOBODY}
         AND (look_at IS NULL OR look_at < $1)
         AND NOT (status = 'delivering' AND result_key IS NOT NULL)
       ORDER BY coalesce(look_at, updated_at) LIMIT ${AT_ONCE}`,
      [new Date(now.getTime() - LATE_MS)],
    );
  }

  /** Jobs that have cost too many workers. */
  async hopeless(): Promise<string[]> {
    const jobs = await this.database.query<{ id: string }>(
      `SELECT id FROM generation_jobs
       WHERE status IN ('prompting', 'submitting', 'generating', 'delivering') AND losses >= ${MOST_LOSSES} AND ${NOBODY}
         AND NOT (status = 'delivering' AND result_key IS NOT NULL)
       LIMIT ${AT_ONCE}`,
    );
    return jobs.map(({ id }) => id);
  }

  /** Jobs that are over, of which something is still open. */
  async overWithOpenCalls(): Promise<string[]> {
    const jobs = await this.database.query<{ id: string }>(
      `SELECT DISTINCT job.id FROM generation_submissions submission JOIN generation_jobs job ON job.id = job_id
       WHERE submission.state IN ('unanswered', 'accepted') AND job.status IN ('delivered', 'failed', 'cancelled')
       LIMIT ${AT_ONCE}`,
    );
    return jobs.map(({ id }) => id);
  }
}
