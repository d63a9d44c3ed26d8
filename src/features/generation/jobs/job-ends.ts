import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Ledger } from '../../credits/index.js';
import { BatchesRepository } from '../batches/batches.repository.js';
import { GenerationFrontend } from '../generation.frontend.js';
import { FailureLog } from '../health/failure-log.js';
import type { GenerationError } from '../kie/error-class.js';
import { Models } from '../models/models.js';
import { holdReference, type GenerationJob } from './generation-job.entity.js';
import { JobsRepository } from './jobs.repository.js';
import { StepQueue } from './step-queue.js';
import { SubmissionEnds } from '../submissions/submission-ends.js';

/** Of the provider's work on a job that is to be begun anew. */
const NO_RESULT = { providerTaskId: null, resultUrl: null, lookAt: null } as const;

/** What earlier tries have met is in the timeline. */
const NO_ERROR = { errorClass: null, errorCode: null, errorMessage: null } as const;

/** How a job ends, and what follows for the person and his credits. Each is one transaction, or takes part in one. */
@Injectable()
export class JobEnds {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly batches: BatchesRepository,
    private readonly submissions: SubmissionEnds,
    private readonly ledger: Ledger,
    private readonly models: Models,
    private readonly frontend: GenerationFrontend,
    private readonly failures: FailureLog,
    private readonly queue: StepQueue,
    private readonly clock: Clock,
  ) {}

  /** The video has come, or is among the person's videos: the hold is captured. */
  async deliver(job: GenerationJob, fileId: string | null, note: string | null = null): Promise<boolean> {
    return this.database.transaction(async () => {
      const delivered = await this.jobs.move(job, 'delivered', { ...NO_ERROR, resultFileId: fileId }, note);
      if (!delivered) return false;
      await this.leave(delivered);
      await this.ledger.capture(holdReference(delivered));
      return true;
    });
  }

  /** The hold is released, the person hears why. @returns false when the job is not the caller's any more */
  async fail(job: GenerationJob, error: GenerationError): Promise<boolean> {
    return this.database.transaction(async () => {
      const changes = { ...errorOf(error), lookAt: null, nextAttemptAt: null };
      const failed = await this.jobs.move(job, 'failed', changes, noteOf(error));
      if (!failed) return false;
      await this.leave(failed);
      await this.ledger.release(holdReference(failed), error.class);
      const model = this.models.get(failed.model)?.title ?? failed.model;
      const failure = { class: error.class, model, credits: failed.costCredits };
      await this.frontend.failed(failed, failure, await this.batches.get(failed.batchId));
      await this.failures.record(failed, error);
      return true;
    });
  }

  /** Back into the queue until `delaySec` have passed. «Trying again» is owed when `tell` says so, once for each job. */
  async retry(
    job: GenerationJob,
    error: GenerationError,
    { delaySec, tell }: { delaySec: number; tell: boolean },
  ): Promise<boolean> {
    return this.database.transaction(async () => {
      const nextAttemptAt = new Date(this.clock.now().getTime() + delaySec * 1_000);
      const changes = { ...NO_RESULT, ...errorOf(error), nextAttemptAt };
      const queued = await this.jobs.move(job, 'queued', changes, noteOf(error));
      if (!queued) return false;
      if (tell) await this.frontend.retrying(queued, await this.batches.get(queued.batchId));
      await this.queue.wake();
      return true;
    });
  }

  /** Back into the queue for another key, or the model that is named: silently, and the attempt does not count. */
  async again(job: GenerationJob, error: GenerationError, model: string = job.model): Promise<boolean> {
    return this.database.transaction(async () => {
      // As it is by now: a submission may have been counted since the caller has read the job.
      const current = await this.jobs.lock(job.id);
      if (!current) return false;
      const attempts = Math.max(0, current.attempts - 1);
      const changes = { ...NO_RESULT, ...errorOf(error), attempts, model, nextAttemptAt: null };
      const queued = await this.jobs.move(job, 'queued', changes, noteOf(error));
      if (!queued) return false;
      await this.queue.wake();
      return true;
    });
  }

  /** While it waits in the queue. @returns false when it does not */
  async cancel(jobId: string, note: string | null): Promise<boolean> {
    return this.database.transaction(async () => {
      const cancelled = await this.jobs.move({ id: jobId, claim: null }, 'cancelled', { nextAttemptAt: null }, note);
      if (!cancelled) return false;
      await this.leave(cancelled);
      await this.ledger.release(holdReference(cancelled), note ?? undefined);
      await this.frontend.cancelled(cancelled, await this.batches.get(cancelled.batchId));
      return true;
    });
  }

  /**
   * What the provider may still be making of it is needed no more; and somebody else may have his turn. To be done before
   * the credits: keys are locked before people.
   */
  private async leave({ id }: GenerationJob): Promise<void> {
    await this.submissions.giveUp(id);
    await this.queue.wake();
  }
}

function errorOf({ class: errorClass, code, message }: GenerationError) {
  return { errorClass, errorCode: code, errorMessage: message };
}

function noteOf({ class: errorClass, code, message }: GenerationError): string {
  return `${errorClass} ${code}: ${message}`;
}
