import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { JobsRepository, type KnownJob } from '../jobs/jobs.repository.js';
import { StepQueue } from '../jobs/step-queue.js';
import type { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import { SubmissionsRepository } from '../submissions/submissions.repository.js';

/** Jobs that wait, for the provider or for a key: until when, and what wakes them before. */
@Injectable()
export class Waits {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly queue: StepQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * Something has happened to a submission of the job, and was written under the lock of the job: it is looked at now.
   * Whoever works on it finds out himself when he lets it rest (`rest`); one in the queue, when it leaves that.
   */
  async wake(jobId: string): Promise<void> {
    await this.database.transaction(async () => {
      const job = await this.jobs.lock(jobId);
      if (job?.status !== 'submitting' && job?.status !== 'generating') return;
      const woken = await this.jobs.askAgain({ id: jobId, claim: null }, { lookAt: this.after(0) });
      if (woken) await this.queue.add(woken);
    });
  }

  /** The provider works on it: it is looked at after that time. @returns false when it is not the caller's any more */
  async generate(
    job: KnownJob,
    { providerTaskId, keyId, model }: Pick<GenerationSubmission, 'providerTaskId' | 'keyId' | 'model'>,
    lookAfterMs: number,
    note: string,
  ): Promise<boolean> {
    const changes = { providerTaskId, keyId, model, lookAt: this.after(lookAfterMs) };
    const moved = await this.jobs.move(job, 'generating', changes, note);
    if (moved) await this.queue.add(moved, lookAfterMs);
    return moved !== null;
  }

  /** No key is free before that time. */
  async backIntoQueue(job: KnownJob, afterMs: number): Promise<void> {
    await this.jobs.move(job, 'queued', { nextAttemptAt: this.after(afterMs) }, 'No key is free');
  }

  /**
   * Gives a claimed job back until then, or for now when something has happened since its open submissions were read.
   * @param seen its open submissions as the caller knows them
   */
  async rest(job: GenerationJob, seen: readonly GenerationSubmission[], afterMs: number): Promise<void> {
    await this.database.transaction(async () => {
      await this.jobs.lock(job.id);
      const delayMs = (await this.isNews(job.id, seen)) ? 0 : Math.max(0, afterMs);
      const resting = await this.jobs.askAgain(job, { lookAt: this.after(delayMs) });
      if (resting) await this.queue.add(resting, delayMs);
    });
  }

  /** Whether one of the open submissions is another than the caller has seen. To be asked under the lock of the job. */
  async isNews(jobId: string, seen: readonly GenerationSubmission[]): Promise<boolean> {
    const open = await this.submissions.openOf(jobId);
    return open.some(({ id, state, calledBackAt }) => {
      const before = seen.find((each) => each.id === id);
      return before?.state !== state || before.calledBackAt?.getTime() !== calledBackAt?.getTime();
    });
  }

  private after(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}
