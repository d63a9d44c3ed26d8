import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import type { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import type { GenerationError } from '../kie/error-class.js';
import { SubmissionsRepository } from '../submissions/submissions.repository.js';
import { LookTimes } from './look-times.js';
import { Setbacks } from './setbacks.js';
import { TaskLook } from './task-look.js';
import { Waits } from './waits.js';

/** What a callback has told of is asked after that often. */
const HINT_AGAIN_MS = 5_000;

/** Calls of createTask for a job that may have made a task already: before another one is paid for, they are asked after. */
@Injectable()
export class EarlierCalls {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly look: TaskLook,
    private readonly setbacks: Setbacks,
    private readonly times: LookTimes,
    private readonly waits: Waits,
    private readonly clock: Clock,
  ) {}

  /** @returns whether the job has gone on with one of them, or waits for one: then it is out of the caller's hands */
  async takeUp(job: GenerationJob, signal: AbortSignal): Promise<boolean> {
    const open = await this.openOf(job);
    for (const submission of open) {
      if (submission.state !== 'accepted' && submission.hintedTaskId !== null) await this.look.at(submission, signal);
    }
    const asked = await this.openOf(job);
    const accepted = asked.find(({ state }) => state === 'accepted');
    if (accepted) {
      await this.waits.generate(job, accepted, 0, `With the task of attempt ${accepted.attempt}`);
      return true;
    }
    const restMs = Math.max(...asked.map((submission) => this.restMs(submission)));
    if (restMs > 0) {
      await this.waits.rest(job, asked, restMs);
      return true;
    }
    if (!asked.some(({ givenUpAt }) => givenUpAt === null)) return false;
    await this.giveUp(job, asked);
    return true;
  }

  /** The worker of a call that is still being made is lost, since the caller has the job. */
  private async openOf({ id }: GenerationJob): Promise<GenerationSubmission[]> {
    const open = await this.submissions.openOf(id);
    const sending = open.filter(({ state }) => state === 'sending');
    if (sending.length === 0) return open;
    for (const submission of sending) await this.submissions.leaveUnanswered(submission.id);
    return this.submissions.openOf(id);
  }

  /** How long it is still waited for; what a callback has told of is asked after more often. */
  private restMs({ answeredAt, calledBackAt, givenUpAt, hintedTaskId }: GenerationSubmission): number {
    const left = (since: Date | null) => (since?.getTime() ?? 0) + this.times.unansweredMs - this.clock.now().getTime();
    if (hintedTaskId !== null) return Math.min(HINT_AGAIN_MS, left(calledBackAt));
    return givenUpAt === null ? left(answeredAt) : 0;
  }

  private async giveUp(job: GenerationJob, open: readonly GenerationSubmission[]): Promise<void> {
    await this.database.transaction(async () => {
      const current = await this.jobs.lock(job.id);
      if (current?.claim !== job.claim) return;
      // One has turned out this very moment.
      if (await this.waits.isNews(job.id, open)) return this.waits.rest(job, open, 0);
      for (const { id } of open) await this.submissions.giveUpWaiting(id);
      await this.setbacks.after(current, NO_ANSWER);
    });
  }
}

const NO_ANSWER: GenerationError = {
  class: 'TEMPORARY',
  detail: null,
  code: 'TIMEOUT',
  message: 'KIE has not answered createTask, and no callback has come',
  retryAfterSec: null,
};
