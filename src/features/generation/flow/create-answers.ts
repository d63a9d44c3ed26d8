import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import type { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { KeyDesk } from '../keys/key-desk.js';
import type { GenerationError } from '../kie/error-class.js';
import type { CreateAnswer, KieKey } from '../kie/kie-client.js';
import { SubmissionEnds } from '../submissions/submission-ends.js';
import { SubmissionsRepository } from '../submissions/submissions.repository.js';
import type { Admitted } from './admissions.js';
import { insist } from '../jobs/insist.js';
import { LookTimes } from './look-times.js';
import { Setbacks } from './setbacks.js';
import { Waits } from './waits.js';

/**
 * What an answer to createTask changes, each in one transaction. The submission is true whoever has the job by now; the
 * job moves only in the hands of the caller.
 */
@Injectable()
export class CreateAnswers {
  private readonly logger = new Logger(CreateAnswers.name);

  constructor(
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly ends: SubmissionEnds,
    private readonly keys: KeyDesk,
    private readonly setbacks: Setbacks,
    private readonly times: LookTimes,
    private readonly waits: Waits,
    private readonly clock: Clock,
  ) {}

  async settle(job: GenerationJob, admitted: Admitted, answer: CreateAnswer): Promise<void> {
    try {
      await insist(this.clock, () => this.database.transaction(() => this.write(job, admitted, answer)));
    } catch (error) {
      // Nothing but this line, and perhaps a callback, can tell of it now.
      const paid = answer.ok ? { providerTaskId: answer.value.taskId } : {};
      this.logger.error({ err: error, generationJobId: job.id, ...paid }, 'An answer of KIE could not be written down');
      throw error;
    }
    // Of its own: nothing may undo that a task is known.
    if (answer.ok) await this.keys.answered(admitted.key, null);
  }

  /** Before there was a call. It counts as an attempt all the same: else it would be tried for ever. */
  async photoRefused(job: GenerationJob, key: KieKey, error: GenerationError): Promise<void> {
    await this.database.transaction(async () => {
      const current = await this.jobs.lock(job.id);
      if (current?.claim !== job.claim) return;
      await this.keys.answered(key, error);
      await this.jobs.write(job.id, { attempts: current.attempts + 1 });
      await this.setbacks.after(await this.jobs.get(job.id), error);
    });
  }

  private async write(job: GenerationJob, admitted: Admitted, answer: CreateAnswer): Promise<void> {
    const current = await this.jobs.lock(job.id);
    if (!current) return;
    const mine = current.claim === job.claim ? current : null;
    if (answer.ok) await this.answered(current, mine, admitted, answer.value.taskId);
    else if ('unanswered' in answer) await this.unanswered(current, mine, admitted, answer.error);
    else await this.refused(current, mine, admitted, answer.error);
  }

  private async answered(current: GenerationJob, mine: GenerationJob | null, admitted: Admitted, taskId: string) {
    if (await this.submissions.isTaskOfAnother(admitted.submission.id, taskId)) {
      const message = `KIE has answered with task ${taskId}, which is another call's`;
      await this.unanswered(current, mine, admitted, { ...NOT_ITS_TASK, message });
    } else await this.accepted(current, mine, admitted, taskId);
  }

  private async accepted(current: GenerationJob, mine: GenerationJob | null, { submission }: Admitted, taskId: string) {
    const { id, jobId, attempt, keyId, model } = submission;
    if (!(await this.submissions.accept(id, taskId))) {
      const note = `Loss of the operator: attempt ${attempt} was answered too late, with task ${taskId}`;
      await this.jobs.remark(jobId, current.status, note);
      return;
    }
    const task = { providerTaskId: taskId, keyId, model };
    const isMoved = mine && (await this.waits.generate(mine, task, await this.firstLookMs(jobId), `Task ${taskId}`));
    if (!isMoved) await this.waits.wake(jobId);
  }

  /** A callback may be faster than the answer that it belongs to. */
  private async firstLookMs(jobId: string): Promise<number> {
    const open = await this.submissions.openOf(jobId);
    return open.some(({ calledBackAt }) => calledBackAt !== null) ? 0 : this.times.first();
  }

  private async unanswered(
    { id, status }: GenerationJob,
    mine: GenerationJob | null,
    { key, submission }: Admitted,
    error: GenerationError,
  ): Promise<void> {
    await this.keys.answered(key, error);
    if (!(await this.submissions.leaveUnanswered(submission.id))) return;
    await this.jobs.remark(id, status, `Attempt ${submission.attempt} has no answer: ${error.code}: ${error.message}`);
    if (!mine) return;
    const open = await this.submissions.openOf(id);
    await this.waits.rest(mine, open, open.some(hasTask) ? 0 : this.times.unansweredMs);
  }

  private async refused(
    { id }: GenerationJob,
    mine: GenerationJob | null,
    { key, submission }: Admitted,
    error: GenerationError,
  ): Promise<void> {
    // It takes effect after the commit, before anybody is woken.
    await this.keys.answered(key, error);
    const ended = await this.ends.end([{ id: submission.id, state: 'refused' }]);
    if (ended.length === 0) return;
    if (!mine) return this.waits.wake(id);
    const open = await this.submissions.openOf(id);
    // An earlier call has made a task, as has turned out during this one: that may be the video.
    if (open.some(hasTask)) {
      const note = `Attempt ${submission.attempt}: ${error.class} ${error.code}: ${error.message}`;
      await this.jobs.remark(id, mine.status, note);
      await this.waits.rest(mine, open, 0);
    } else await this.setbacks.after(mine, error);
  }
}

function hasTask({ state, hintedTaskId }: GenerationSubmission): boolean {
  return state === 'accepted' || hintedTaskId !== null;
}

/** Whether it has made one besides, nobody knows. */
const NOT_ITS_TASK = { class: 'TEMPORARY', detail: null, code: 'UNREADABLE', retryAfterSec: null } as const;
