import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import type { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { StepQueue } from '../jobs/step-queue.js';
import { StepWorker } from '../jobs/step-worker.js';
import { KeyDesk } from '../keys/key-desk.js';
import type { GenerationError } from '../kie/error-class.js';
import { SubmissionEnds } from '../submissions/submission-ends.js';
import { SubmissionsRepository } from '../submissions/submissions.repository.js';
import { Setbacks } from './setbacks.js';
import { TaskLook, type Seen } from './task-look.js';
import { Waits } from './waits.js';

interface Found<S extends Seen = Seen> {
  submission: GenerationSubmission;
  seen: S;
}

type Over = Found<Extract<Seen, { is: 'over' }>>;

/** The step that looks what has become of a job's tasks. Usually it has one; of several the first video wins. */
@Injectable()
export class Looking {
  constructor(
    private readonly worker: StepWorker,
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly submissions: SubmissionsRepository,
    private readonly ends: SubmissionEnds,
    private readonly look: TaskLook,
    private readonly keys: KeyDesk,
    private readonly setbacks: Setbacks,
    private readonly waits: Waits,
    private readonly queue: StepQueue,
  ) {}

  async run(id: string, run: number, signal: AbortSignal): Promise<void> {
    await this.worker.run({ id, run, status: 'generating', signal }, (job, held) => this.lookAt(job, held));
  }

  private async lookAt(job: GenerationJob, signal: AbortSignal): Promise<void> {
    const open = await this.submissions.openOf(job.id);
    const over: Over[] = [];
    const delays: number[] = [];
    for (const submission of open) {
      const seen = await this.look.at(submission, signal);
      if (seen.is === 'done') return this.deliver(job, submission, seen);
      if (seen.is === 'over') over.push({ submission, seen });
      if (seen.is === 'open') delays.push(seen.lookAfterMs);
    }
    if (over.length > 0 || delays.length === 0) await this.conclude(job, over);
    else await this.waits.rest(job, open, Math.min(...delays));
  }

  private async deliver(
    job: GenerationJob,
    { id, providerTaskId, hintedTaskId, keyId, model }: GenerationSubmission,
    { url, note }: Extract<Seen, { is: 'done' }>,
  ): Promise<void> {
    await this.database.transaction(async () => {
      const result = { resultUrl: url, providerTaskId: providerTaskId ?? hintedTaskId, keyId, model, lookAt: null };
      const moved = await this.jobs.move(job, 'delivering', result, note);
      if (!moved) return;
      await this.ends.win(job.id, id);
      await this.queue.add(moved);
    });
  }

  /** Some of its tasks have come to nothing: it goes on with the others, or meets the last error. */
  private async conclude(job: GenerationJob, over: readonly Over[]): Promise<void> {
    await this.database.transaction(async () => {
      const current = await this.jobs.lock(job.id);
      if (current?.claim !== job.claim) return;
      for (const each of over) await this.tellKey(each);
      await this.end(current, over);
      const open = await this.submissions.openOf(job.id);
      if (open.some(({ state }) => state === 'accepted')) return this.waits.rest(job, open, 0);
      const last = over.at(-1);
      // Whose fault it is, is said by the model that has failed.
      if (last) await this.jobs.write(job.id, { model: last.submission.model });
      await this.setbacks.after(await this.jobs.get(job.id), last?.seen.error ?? NO_TASK);
    });
  }

  /** Of a failed task only what stops its key concerns that; it takes effect after the commit, before anybody is woken. */
  private async tellKey({ submission, seen: { error } }: Over): Promise<void> {
    if (error.class !== 'BILLING' && error.detail !== 'key_invalid') return;
    const key = await this.keys.keyOf(submission.keyId, submission.account);
    if (key) await this.keys.answered(key, error);
  }

  private async end({ id: jobId, status }: GenerationJob, over: readonly Over[]): Promise<void> {
    await this.ends.end(over.map(({ submission: { id }, seen: { as } }) => ({ id, state: as })));
    for (const { submission, seen } of over) {
      const { class: errorClass, code, message } = seen.error;
      const loss = seen.as === 'lost' ? 'Loss of the operator: ' : '';
      const task = `attempt ${submission.attempt}, task ${submission.providerTaskId ?? 'unknown'}`;
      await this.jobs.remark(jobId, status, `${loss}${task}: ${errorClass} ${code}: ${message}`);
    }
  }
}

const NO_TASK: GenerationError = {
  class: 'TEMPORARY',
  detail: null,
  code: 'NO_TASK',
  message: 'The provider has no task for this job any more',
  retryAfterSec: null,
};
