import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import type { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import { KeyDesk } from '../keys/key-desk.js';
import type { GenerationError } from '../kie/error-class.js';
import { KieClient, type KieKey, type TaskRecord } from '../kie/kie-client.js';
import { SubmissionsRepository } from '../submissions/submissions.repository.js';
import { LookTimes } from './look-times.js';
import { isOwnTask } from './own-task.js';

export type Seen =
  /** Nobody knows of a task. */
  | { is: 'no_task' }
  /** It works, or could not be looked at. */
  | { is: 'open'; lookAfterMs: number }
  | { is: 'done'; url: string; note: string }
  /** `lost`: given up, for it takes too long or is not known. */
  | { is: 'over'; as: 'failed' | 'lost'; error: GenerationError };

/** Turns that are this near are waited for in place. */
const NEAR_MS = 3_000;
/** After this it is asked again what could not be found out. */
const SOON_MS = 10_000;
/** A task that has just been made may not be known everywhere yet. */
const UNKNOWN_MS = 120_000;
/** A task that cannot be asked after is given up later than one that is seen to take too long. */
const UNSEEN_FACTOR = 1.25;

/** One look at what the provider makes of a submission. It writes what it learns of the submission, and ends nothing. */
@Injectable()
export class TaskLook {
  constructor(
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
    private readonly submissions: SubmissionsRepository,
    private readonly jobs: JobsRepository,
    private readonly keys: KeyDesk,
    private readonly kie: KieClient,
    private readonly times: LookTimes,
    private readonly clock: Clock,
  ) {}

  /** @throws the signal's reason */
  async at(submission: GenerationSubmission, signal: AbortSignal): Promise<Seen> {
    const taskId = submission.providerTaskId ?? submission.hintedTaskId;
    if (taskId === null) return { is: 'no_task' };
    const key = await this.keys.keyOf(submission.keyId, submission.account);
    if (!key) return this.unseen(submission, SOON_MS);
    const waitMs = await this.turn(key, submission, signal);
    if (waitMs > 0) return this.unseen(submission, waitMs);
    const answer = await this.kie.recordInfo(key, taskId);
    await this.keys.queryOver(key.id, submission.id);
    if (!answer.ok) return this.unanswered(submission, key, answer.error);
    if (submission.providerTaskId === null && !(await this.adopt(submission, taskId, answer.value))) {
      return answer.value.result.state === 'unknown' ? { is: 'open', lookAfterMs: SOON_MS } : { is: 'no_task' };
    }
    return this.seen(submission, answer.value);
  }

  /** @returns 0 when it is there; else the milliseconds to a turn that is too far away */
  private async turn(key: KieKey, { id }: GenerationSubmission, signal: AbortSignal): Promise<number> {
    for (;;) {
      signal.throwIfAborted();
      const waitMs = await this.keys.queryTurn(key.id, id);
      if (waitMs === 0 || waitMs > NEAR_MS) return waitMs;
      await this.clock.delay(waitMs, signal);
    }
  }

  private async unanswered(submission: GenerationSubmission, key: KieKey, error: GenerationError): Promise<Seen> {
    if (error.detail === 'key_invalid') await this.keys.answered(key, error);
    const next = await this.times.next(submission);
    return this.unseen(submission, Math.max(next, (error.retryAfterSec ?? 0) * 1_000));
  }

  /** A callback has named the task: only what the provider itself says makes it ours. */
  private async adopt(submission: GenerationSubmission, taskId: string, record: TaskRecord): Promise<boolean> {
    if (record.result.state === 'unknown') return false;
    const { id, jobId, attempt } = submission;
    if (!isOwnTask(record, submission) || (await this.submissions.isTaskOfAnother(id, taskId))) {
      await this.submissions.refuteHint(id, taskId);
      return false;
    }
    if (!(await this.submissions.accept(id, taskId))) return false;
    const { status } = await this.jobs.get(jobId);
    await this.jobs.remark(jobId, status, `Attempt ${attempt} was answered after all: task ${taskId}`);
    return true;
  }

  private async seen(submission: GenerationSubmission, { taskId, result }: TaskRecord): Promise<Seen> {
    if (result.state === 'unknown') return this.unknown(submission);
    if (submission.unknownSince !== null) await this.submissions.noteKnown(submission.id);
    switch (result.state) {
      case 'working':
        return this.within(submission, this.config.maxMin, await this.times.next(submission));
      case 'fail':
        return { is: 'over', as: 'failed', error: result.error };
      case 'success': {
        const [url] = result.urls;
        if (url === undefined) return { is: 'over', as: 'failed', error: NO_VIDEO };
        return { is: 'done', url, note: `Task ${taskId}, ${result.creditsConsumed ?? 'unknown'} credits of KIE` };
      }
    }
  }

  private async unknown(submission: GenerationSubmission): Promise<Seen> {
    const since = await this.submissions.noteUnknown(submission.id);
    if (this.clock.now().getTime() - since.getTime() >= UNKNOWN_MS) {
      return { is: 'over', as: 'lost', error: NOT_KNOWN };
    }
    return { is: 'open', lookAfterMs: SOON_MS };
  }

  private unseen(submission: GenerationSubmission, lookAfterMs: number): Seen {
    return this.within(submission, this.config.maxMin * UNSEEN_FACTOR, lookAfterMs);
  }

  private within({ answeredAt, sentAt, state }: GenerationSubmission, minutes: number, lookAfterMs: number): Seen {
    const ageMs = this.clock.now().getTime() - (answeredAt ?? sentAt).getTime();
    if (state === 'accepted' && ageMs > minutes * 60_000) return { is: 'over', as: 'lost', error: TOO_LONG };
    return { is: 'open', lookAfterMs };
  }
}

const NO_VIDEO: GenerationError = {
  class: 'UNKNOWN',
  detail: null,
  code: 'NO_VIDEO',
  message: 'The task has succeeded without a video',
  retryAfterSec: null,
};
const NOT_KNOWN: GenerationError = {
  class: 'TEMPORARY',
  detail: null,
  code: 'NOT_KNOWN',
  message: 'KIE does not know the task',
  retryAfterSec: null,
};
const TOO_LONG: GenerationError = {
  class: 'TEMPORARY',
  detail: null,
  code: 'TIMEOUT',
  message: 'The task has taken too long',
  retryAfterSec: null,
};
