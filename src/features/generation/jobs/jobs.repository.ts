import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { toEntity } from '../../../platform/database/to-entity.js';
import { GenerationJob } from './generation-job.entity.js';
import { GenerationJobEvent } from './generation-job-event.entity.js';
import { statusesBefore, type JobStatus } from './job-status.js';

/** A worker that has not renewed its lease for this long is lost. */
export const LEASE_MS = 30_000;

type Changes = Partial<
  Pick<
    GenerationJob,
    | 'attempts'
    | 'errorClass'
    | 'errorCode'
    | 'errorMessage'
    | 'finalPrompt'
    | 'keyId'
    | 'lookAt'
    | 'losses'
    | 'model'
    | 'nextAttemptAt'
    | 'providerTaskId'
    | 'resultFileId'
    | 'resultKey'
    | 'resultUrl'
    | 'round'
  >
>;

/** A job as somebody knows it: with the claim he holds it by, or null for one that nobody works on. */
export type KnownJob = Pick<GenerationJob, 'id' | 'claim'>;

const LEASE_END = `now() + interval '${LEASE_MS} milliseconds'`;
/** Of the row of a `KnownJob`: its claim is `$2`. */
const IN_HAND = `(CASE WHEN $2::uuid IS NULL THEN claim IS NULL OR lease_until < now() ELSE claim = $2 END)`;
const LET_GO = `run = job.run + 1, claim = NULL, lease_until = NULL, updated_at = now()`;

/** Leases are compared with the time of the database, due times (`nextAttemptAt`, `lookAt`) with that of the `Clock`. */
@Injectable()
export class JobsRepository {
  constructor(private readonly database: Database) {}

  get(id: string): Promise<GenerationJob> {
    return this.jobs.findOneByOrFail({ id });
  }

  find(id: string): Promise<GenerationJob | null> {
    return this.jobs.findOneBy({ id });
  }

  /** As it is now, and nobody changes it until the ambient transaction ends. */
  lock(id: string): Promise<GenerationJob | null> {
    return this.jobs.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /**
   * The one way a status changes, together with `TurnsRepository`: the worker's claim must still be the row's, and without
   * a claim nobody may be at work on it. It raises `run`, so that the next step has a Bull job of its own, and writes a
   * line of the timeline; all in one statement.
   * @returns the job as it is then; null when it was not so, or the status does not allow it
   */
  async move(
    { id, claim }: KnownJob,
    to: JobStatus,
    changes: Changes = {},
    note: string | null = null,
  ): Promise<GenerationJob | null> {
    const parameters = [id, claim, to, statusesBefore(to), note];
    const [row] = await this.database.query<Record<string, unknown>>(
      `WITH before AS (
         SELECT id, status FROM generation_jobs WHERE id = $1 AND status = ANY($4) AND ${IN_HAND} FOR UPDATE
       ), noted AS (
         INSERT INTO generation_job_events (job_id, "from", "to", note) SELECT id, status, $3, $5 FROM before
       )
       UPDATE generation_jobs job SET status = $3, ${LET_GO}, losses = 0,
         timings = timings || jsonb_build_object($3::text, now())${this.assignments(changes, parameters)}
       FROM before WHERE job.id = before.id RETURNING job.*`,
      parameters,
    );
    return row ? toEntity(this.jobs, row) : null;
  }

  /** What has happened to a job besides its moves. */
  async remark(id: string, status: JobStatus, note: string): Promise<void> {
    await this.events.insert({ jobId: id, from: status, to: status, note });
  }

  /** Changes nothing of its status. */
  async write(id: string, changes: Changes): Promise<void> {
    await this.jobs.update({ id }, { ...changes, updatedAt: () => 'now()' });
  }

  /**
   * Takes a job for one step: the one worker whose Bull job asks for this `run`, or nobody.
   * @returns the job with its claim; null when the step is somebody else's, or over
   */
  async claim(id: string, status: JobStatus, run: number): Promise<GenerationJob | null> {
    const [row] = await this.database.query<Record<string, unknown>>(
      `UPDATE generation_jobs SET claim = $4, lease_until = ${LEASE_END}, losses = losses + (claim IS NOT NULL)::int
       WHERE id = $1 AND status = $2 AND run = $3 AND (claim IS NULL OR lease_until < now())
       RETURNING *`,
      [id, status, run, randomUUID()],
    );
    return row ? toEntity(this.jobs, row) : null;
  }

  /** Says that the worker lives. @returns false when the job is not its any more */
  async keep({ id, claim }: KnownJob): Promise<boolean> {
    const kept = await this.database.query(
      `UPDATE generation_jobs SET lease_until = ${LEASE_END} WHERE id = $1 AND claim = $2 RETURNING id`,
      [id, claim],
    );
    return kept.length > 0;
  }

  /** Gives a job back as it was, for another step: `run` is raised. @returns null when it is not the caller's any more */
  async askAgain({ id, claim }: KnownJob, changes: Changes = {}): Promise<GenerationJob | null> {
    const parameters = [id, claim];
    const [row] = await this.database.query<Record<string, unknown>>(
      `UPDATE generation_jobs job SET ${LET_GO}${this.assignments(changes, parameters)}
       WHERE id = $1 AND ${IN_HAND} RETURNING *`,
      parameters,
    );
    return row ? toEntity(this.jobs, row) : null;
  }

  async timeline(jobId: string): Promise<GenerationJobEvent[]> {
    return this.events.find({ where: { jobId }, order: { id: 'ASC' } });
  }

  /** More of a SET clause; the values are added to `parameters`. */
  private assignments(changes: Changes, parameters: unknown[]): string {
    const { metadata } = this.jobs;
    return Object.entries(changes)
      .map(([property, value]) => {
        const column = metadata.findColumnWithPropertyName(property);
        if (!column) throw new Error(`Jobs have no ${property}`);
        parameters.push(value);
        return `, ${column.databaseName} = $${parameters.length}`;
      })
      .join('');
  }

  private get jobs() {
    return this.database.repository(GenerationJob);
  }

  private get events() {
    return this.database.repository(GenerationJobEvent);
  }
}
