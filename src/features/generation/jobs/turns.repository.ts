import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { GenerationJob } from './generation-job.entity.js';

type Started = Pick<GenerationJob, 'id' | 'run' | 'status'>;

interface Room {
  /** Jobs without a prompt that may begin, and jobs with one. */
  prompting: number;
  submitting: number;
  /** Of one person, moving at once. */
  perUser: number;
}

/** What is on its way to a worker, and to the provider. */
export interface Load {
  /** Jobs may leave the queue. */
  isAsked: boolean;
  /** Prompts that no worker has taken up. */
  prompting: number;
  /** Jobs that are about to be submitted; those whose call was begun are the provider's matter. */
  submitting: number;
}

const OF_QUEUE = `status = 'queued' AND (next_attempt_at IS NULL OR next_attempt_at <= $1)`;

/** Out of the queue: people take turns, and of each no more than so many jobs move. */
@Injectable()
export class TurnsRepository {
  constructor(private readonly database: Database) {}

  async load(now: Date): Promise<Load> {
    const [load] = await this.database.query<Load>(
      `SELECT EXISTS (SELECT FROM generation_jobs WHERE ${OF_QUEUE}) AS "isAsked",
         (SELECT count(*)::int FROM generation_jobs WHERE status = 'prompting' AND claim IS NULL) AS prompting,
         (SELECT count(*)::int FROM generation_jobs job WHERE status = 'submitting' AND NOT EXISTS (
            SELECT FROM generation_submissions WHERE job_id = job.id AND state IN ('sending', 'unanswered', 'accepted')
         )) AS submitting`,
      [now],
    );
    if (!load) throw new Error('The database has counted nothing');
    return load;
  }

  /**
   * Whose turn it is leaves the queue: somebody's second job comes after everybody's first, and what moves already counts.
   * One caller at a time.
   */
  start({ prompting, submitting, perUser }: Room, now: Date): Promise<Started[]> {
    return this.database.query<Started>(
      `WITH moving AS (
         SELECT tg_user_id, count(*) AS jobs FROM generation_jobs
         WHERE status IN ('prompting', 'submitting', 'generating', 'delivering') GROUP BY tg_user_id
       ), waiting AS (
         SELECT job.id, created_at, idempotency_key, final_prompt IS NOT NULL AS has_prompt,
           coalesce(moving.jobs, 0)
             + row_number() OVER (PARTITION BY job.tg_user_id ORDER BY created_at, idempotency_key) AS turn
         FROM generation_jobs job LEFT JOIN moving USING (tg_user_id) WHERE ${OF_QUEUE}
       ), next AS (
         SELECT id, has_prompt,
           row_number() OVER (PARTITION BY has_prompt ORDER BY turn, created_at, idempotency_key) AS place
         FROM waiting WHERE turn <= $2
       ), started AS (
         UPDATE generation_jobs job SET run = run + 1, next_attempt_at = NULL, updated_at = now(),
           status = CASE WHEN has_prompt THEN 'submitting' ELSE 'prompting' END,
           timings = timings
             || jsonb_build_object(CASE WHEN has_prompt THEN 'submitting' ELSE 'prompting' END, now())
         FROM next WHERE job.id = next.id AND job.status = 'queued'
           AND place <= CASE WHEN has_prompt THEN $3::int ELSE $4::int END
         RETURNING job.id, job.run, job.status, place
       ), noted AS (
         INSERT INTO generation_job_events (job_id, "from", "to") SELECT id, 'queued', status FROM started
       )
       SELECT id, run, status FROM started ORDER BY place`,
      [now, perUser, submitting, prompting],
    );
  }
}
