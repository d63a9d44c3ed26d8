import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import type { GenerationJob } from './generation-job.entity.js';
import { insist } from './insist.js';
import { JobHold } from './job-hold.js';
import type { JobStatus } from './job-status.js';
import { JobsRepository } from './jobs.repository.js';
import { StepQueue } from './step-queue.js';

/** Before a step that has broken down is done anew: the longer, the more often. What passes soon costs a moment. */
const PAUSES_MS = [5_000, 20_000, 80_000] as const;
const LONGEST_PAUSE_MS = 320_000;

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
  private readonly logger = new Logger(StepWorker.name);

  constructor(
    private readonly jobs: JobsRepository,
    private readonly queue: StepQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * @param work ends with a move of the job, or gives it back; it throws when its signal is aborted. Whatever else it
   *   throws counts as a lost worker: the step is done anew after a pause, and not for ever.
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
      if (!shutdown.aborted) {
        await this.pause(job, shutdown);
        throw error;
      }
      const again = await this.jobs.askAgain(job);
      if (again) await this.queue.add(again);
    } finally {
      await hold.end();
    }
  }

  private async pause(job: GenerationJob, shutdown: AbortSignal): Promise<void> {
    const pauseMs = PAUSES_MS[job.losses] ?? LONGEST_PAUSE_MS;
    const giveBack = () =>
      this.jobs.askAgain(job, { losses: job.losses + 1, lookAt: new Date(this.clock.now().getTime() + pauseMs) });
    try {
      const again = await insist(this.clock, giveBack, shutdown);
      if (again) await this.queue.add(again, pauseMs);
    } catch (error) {
      // Once its lease has ended, the reconciler has the step done anew.
      this.logger.warn({ err: error, generationJobId: job.id }, 'A job could not be given back');
    }
  }
}
