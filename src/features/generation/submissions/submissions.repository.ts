import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { toEntity } from '../../../platform/database/to-entity.js';
import { GenerationSubmission, OPEN_SUBMISSIONS, type SubmissionState } from '../jobs/generation-submission.entity.js';
import type { KieKey } from '../kie/kie-client.js';

interface NewSubmission {
  jobId: string;
  model: string;
  key: KieKey;
  tokenHash: string;
}

export type Ended = Pick<GenerationSubmission, 'id' | 'keyId'>;

/** States that a submission does not come out of. */
export type SubmissionEnd = Exclude<SubmissionState, 'sending' | 'unanswered' | 'accepted'>;

/**
 * Calls of createTask, on record from before they are made. Whatever changes the state of one is a single statement that
 * looks at the state it comes from: of two that know better, one changes it.
 */
@Injectable()
export class SubmissionsRepository {
  constructor(private readonly database: Database) {}

  /** The next attempt of a job, whose row the caller has locked. */
  async begin({ jobId, model, key, tokenHash }: NewSubmission): Promise<GenerationSubmission> {
    const [row] = await this.database.query<Record<string, unknown>>(
      `INSERT INTO generation_submissions (job_id, attempt, model, key_id, account, token_hash)
       SELECT $1, coalesce(max(attempt), 0) + 1, $2, $3, $4, $5 FROM generation_submissions WHERE job_id = $1
       RETURNING *`,
      [jobId, model, key.id, key.account, tokenHash],
    );
    if (!row) throw new Error('Nothing was recorded');
    return toEntity(this.submissions, row);
  }

  find(jobId: string, attempt: number): Promise<GenerationSubmission | null> {
    return this.submissions.findOneBy({ jobId, attempt });
  }

  /** The oldest first. */
  openOf(jobId: string): Promise<GenerationSubmission[]> {
    return this.submissions.find({ where: { jobId, state: In(OPEN_SUBMISSIONS) }, order: { attempt: 'ASC' } });
  }

  /**
   * The provider has a task for it, whoever has found that out.
   * @returns false when the submission is over, or has another task
   */
  async accept(id: string, taskId: string): Promise<boolean> {
    return this.changed(
      `UPDATE generation_submissions
       SET state = 'accepted', provider_task_id = $2, hinted_task_id = NULL, answered_at = coalesce(answered_at, now())
       WHERE id = $1 AND (state IN ('sending', 'unanswered') OR (state = 'accepted' AND provider_task_id = $2))
       RETURNING id`,
      [id, taskId],
    );
  }

  /** Its call is over, and nobody knows what has become of it. */
  async leaveUnanswered(id: string): Promise<boolean> {
    return this.changed(
      `UPDATE generation_submissions SET state = 'unanswered', answered_at = now()
       WHERE id = $1 AND state = 'sending' RETURNING id`,
      [id],
    );
  }

  /** Nobody waits any more for what became of it, though it may still turn out. */
  async giveUpWaiting(id: string): Promise<boolean> {
    return this.changed(
      `UPDATE generation_submissions SET given_up_at = now()
       WHERE id = $1 AND state = 'unanswered' AND given_up_at IS NULL RETURNING id`,
      [id],
    );
  }

  /** @returns null when it has ended before. Its key is the caller's matter */
  async end(id: string, state: SubmissionEnd): Promise<Ended | null> {
    const [ended] = await this.database.query<Ended>(
      `UPDATE generation_submissions SET state = $2, ended_at = now(), answered_at = coalesce(answered_at, now())
       WHERE id = $1 AND state IN ('sending', 'unanswered', 'accepted') RETURNING id, key_id AS "keyId"`,
      [id, state],
    );
    return ended ?? null;
  }

  /** All that is open of a job is lost; the timeline of the job tells of each. Their keys are the caller's matter */
  lose(jobId: string): Promise<Ended[]> {
    return this.database.query<Ended>(
      `WITH lost AS (
         UPDATE generation_submissions SET state = 'lost', ended_at = now(), answered_at = coalesce(answered_at, now())
         WHERE job_id = $1 AND state IN ('sending', 'unanswered', 'accepted')
         RETURNING id, job_id, key_id, attempt, provider_task_id
       ), noted AS (
         INSERT INTO generation_job_events (job_id, "from", "to", note)
         SELECT job_id, status, status, 'Loss of the operator: attempt ' || attempt ||
           coalesce(', task ' || lost.provider_task_id || ', is not needed any more', ' was never answered') ||
           '; it may have been paid for'
         FROM lost JOIN generation_jobs job ON job.id = job_id ORDER BY attempt
       )
       SELECT id, key_id AS "keyId" FROM lost`,
      [jobId],
    );
  }

  /**
   * A callback that has proved whose it is; what it says of the task is only written down.
   * @returns `news` of an open submission; `late` is the first one of a submission that is over; null: nothing was noted
   */
  async noteCallback(id: string, hintedTaskId: string): Promise<'news' | 'late' | null> {
    const [noted] = await this.database.query<{ isOpen: boolean }>(
      `UPDATE generation_submissions SET called_back_at = clock_timestamp(),
         hinted_task_id = CASE WHEN state IN ('sending', 'unanswered') THEN $2 END
       WHERE id = $1 AND (called_back_at IS NULL OR state IN ('sending', 'unanswered', 'accepted'))
       RETURNING state IN ('sending', 'unanswered', 'accepted') AS "isOpen"`,
      [id, hintedTaskId],
    );
    if (!noted) return null;
    return noted.isOpen ? 'news' : 'late';
  }

  /** The task that a callback has named is not this submission's. */
  async refuteHint(id: string, taskId: string): Promise<void> {
    await this.submissions.update({ id, hintedTaskId: taskId }, { hintedTaskId: null });
  }

  isTaskOfAnother(id: string, taskId: string): Promise<boolean> {
    return this.changed('SELECT id FROM generation_submissions WHERE provider_task_id = $2 AND id <> $1', [id, taskId]);
  }

  /** The provider does not know its task at the moment. @returns since when */
  async noteUnknown(id: string): Promise<Date> {
    const [row] = await this.database.query<{ since: Date }>(
      `UPDATE generation_submissions SET unknown_since = coalesce(unknown_since, now()) WHERE id = $1
       RETURNING unknown_since AS since`,
      [id],
    );
    if (!row) throw new Error('There is no such submission');
    return row.since;
  }

  async noteKnown(id: string): Promise<void> {
    await this.submissions.update({ id }, { unknownSince: null });
  }

  /** Of jobs that the provider works on with this key. */
  countOpen(keyId: string | null): Promise<number> {
    return this.submissions.countBy({ keyId: keyId ?? IsNull(), state: In(OPEN_SUBMISSIONS) });
  }

  hasCallbackAfter(time: Date): Promise<boolean> {
    return this.submissions.existsBy({ calledBackAt: MoreThan(time) });
  }

  private async changed(sql: string, parameters: unknown[]): Promise<boolean> {
    return (await this.database.query(sql, parameters)).length > 0;
  }

  private get submissions() {
    return this.database.repository(GenerationSubmission);
  }
}
