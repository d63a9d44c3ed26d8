import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Every } from '../../../platform/queue/every.js';
import { JobEnds } from '../jobs/job-ends.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { StepQueue } from '../jobs/step-queue.js';
import type { GenerationError } from '../kie/error-class.js';
import { SubmissionEnds } from '../submissions/submission-ends.js';
import { StrandedRepository } from './stranded.repository.js';

/** Whatever was lost between a commit and its job, with Redis, or with a worker, moves again within seconds. */
@Injectable()
export class Reconciler {
  private readonly logger = new Logger(Reconciler.name);

  constructor(
    private readonly database: Database,
    private readonly stranded: StrandedRepository,
    private readonly jobs: JobsRepository,
    private readonly ends: JobEnds,
    private readonly submissions: SubmissionEnds,
    private readonly queue: StepQueue,
    private readonly clock: Clock,
  ) {}

  @Every({ name: 'generation.reconcile', everyMs: 5_000 })
  async reconcile(): Promise<void> {
    await this.stranded.leaveUnanswered();
    for (const id of await this.stranded.hopeless()) await this.alone(id, () => this.giveUp(id));
    for (const step of await this.stranded.steps(this.clock.now())) await this.queue.add(step);
    for (const id of await this.stranded.overWithOpenCalls()) await this.alone(id, () => this.close(id));
  }

  /** The job before its submissions, as in every transaction that changes both. */
  private async close(id: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.jobs.lock(id);
      await this.submissions.giveUp(id);
    });
  }

  private async giveUp(id: string): Promise<void> {
    const job = await this.jobs.get(id);
    this.logger.error({ generationJobId: id, status: job.status }, 'A job has broken down too often');
    await this.ends.fail(job, BROKEN_DOWN);
  }

  /** One that fails keeps none of the others from it. */
  private async alone(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error({ err: error, generationJobId: id }, 'A job could not be reconciled');
    }
  }
}

const BROKEN_DOWN: GenerationError = {
  class: 'UNKNOWN',
  detail: null,
  code: 'INTERRUPTED',
  message: 'The work on it has broken down too often',
  retryAfterSec: null,
};
