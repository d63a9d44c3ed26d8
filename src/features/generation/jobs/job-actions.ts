import { posix } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Storage } from '../../../platform/storage/storage.js';
import { Ledger } from '../../credits/index.js';
import { BatchesRepository } from '../batches/batches.repository.js';
import { GenerationFrontend } from '../generation.frontend.js';
import { resultKeyOf } from '../results/results.js';
import { holdReference, type GenerationJob } from './generation-job.entity.js';
import { JobEnds } from './job-ends.js';
import { jobNotFound, notEnoughCredits, photoGone, refundedBefore, wrongStatus } from './jobs.errors.js';
import { JobsRepository } from './jobs.repository.js';
import { StepQueue } from './step-queue.js';

/** As a job is before its first try. */
const UNTRIED = {
  attempts: 0,
  errorClass: null,
  errorCode: null,
  errorMessage: null,
  keyId: null,
  lookAt: null,
  nextAttemptAt: null,
  providerTaskId: null,
  resultFileId: null,
  resultKey: null,
  resultUrl: null,
} as const;

interface By {
  /** As the ledger names him. */
  actor: string;
  note?: string;
}

/** What the operator does about one job. Each answers the job as it is then. */
@Injectable()
export class JobActions {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly batches: BatchesRepository,
    private readonly ends: JobEnds,
    private readonly ledger: Ledger,
    private readonly storage: Storage,
    private readonly queue: StepQueue,
    private readonly frontend: GenerationFrontend,
  ) {}

  /**
   * Tries a failed job anew, for as many credits as before: they are held again. A video that could not be sent goes.
   * @throws DomainError `generation.job_not_found`, `.wrong_status`, `.not_enough_credits`, `.photo_gone`
   */
  async retry(id: string, { actor, note }: By): Promise<GenerationJob> {
    return this.database.transaction(async () => {
      const job = await this.locked(id);
      if (job.status !== 'failed') throw wrongStatus(job.status);
      if (!(await this.batches.usePhoto(job.tgUserId, job.photoKey))) throw photoGone();
      const round = job.round + 1;
      const reference = holdReference({ id, round });
      const hold = { reference, amount: job.costCredits, idempotencyKey: `hold:${reference}` };
      const outcome = await this.ledger.hold({ ownerKind: 'tg_user', ownerId: String(job.tgUserId) }, [hold], actor);
      if (outcome.outcome === 'short') throw notEnoughCredits(outcome.missing);
      // Before the commit: when that fails, a failed job lacks a file that nobody asks for.
      if (job.resultKey !== null) await this.storage.remove(posix.dirname(resultKeyOf(id)));
      const queued = await this.jobs.move(job, 'queued', { ...UNTRIED, round }, note ?? 'Tried anew by the operator');
      if (!queued) throw wrongStatus(job.status);
      await this.queue.wake();
      return queued;
    });
  }

  /** @throws DomainError `generation.job_not_found`, `.wrong_status` unless it waits in the queue */
  async cancel(id: string, { note }: By): Promise<GenerationJob> {
    return this.database.transaction(async () => {
      const { status } = await this.locked(id);
      if (!(await this.ends.cancel(id, note ?? null))) throw wrongStatus(status);
      return this.jobs.get(id);
    });
  }

  /**
   * Gives back what a delivered video has cost, and tells the person.
   * @throws DomainError `generation.job_not_found`, `.wrong_status`, `.refunded_before`
   */
  async refund(id: string, by: By): Promise<GenerationJob> {
    return this.database.transaction(async () => {
      const job = await this.locked(id);
      if (job.status !== 'delivered') throw wrongStatus(job.status);
      if (!(await this.ledger.refund(holdReference(job), by))) throw refundedBefore();
      await this.jobs.remark(id, job.status, by.note === undefined ? 'Refunded' : `Refunded: ${by.note}`);
      await this.frontend.refunded(job, await this.batches.get(job.batchId));
      return job;
    });
  }

  private async locked(id: string): Promise<GenerationJob> {
    const job = await this.jobs.lock(id);
    if (!job) throw jobNotFound();
    return job;
  }
}
