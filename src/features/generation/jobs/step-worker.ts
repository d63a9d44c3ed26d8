import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import type { GenerationJob } from './generation-job.entity.js';
import { JobHold } from './job-hold.js';
import type { JobStatus } from './job-status.js';
import { JobsRepository } from './jobs.repository.js';
import { StepQueue } from './step-queue.js';

interface Step {
  id: string;
  run: number;
  status: JobStatus;
  /** Of the process. */
  signal: AbortSignal;
}

/** Does one step of a job, if it is still to be done, and holds the job meanwhile. */
@Injectable()
export class StepWorker {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly queue: StepQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * @param work ends with a move of the job, or gives it back; it throws when its signal is aborted. Whatever else it
   *   throws leaves the job claimed: when the lease has ended, the reconciler has the step done anew.
   */
  async run(
    { id, run, status, signal: shutdown }: Step,
    work: (job: GenerationJob, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const job = await this.jobs.claim(id, status, run);
    if (!job) return;
    const hold = new JobHold({ job, jobs: this.jobs, clock: this.clock, shutdown });
    try {
      hold.signal.throwIfAborted();
      await work(job, hold.signal);
    } catch (error) {
      if (hold.isLost) return;
      if (!shutdown.aborted) throw error;
      const again = await this.jobs.askAgain(job);
      if (again) await this.queue.add(again);
    } finally {
      await hold.end();
    }
  }
}
