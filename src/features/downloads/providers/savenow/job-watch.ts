import type { Clock } from '../../../../platform/clock/clock.js';
import type { HttpClient } from '../../../../platform/http/index.js';
import { apiError, apiWordsError } from '../../errors/api-errors.js';
import { ProviderError } from '../../errors/provider-error.js';
import { type ApiReply, askApi } from '../api/ask-api.js';
import { bodyOf } from '../api/reply-body.js';
import { type ProviderCall, Waiting } from '../provider.js';
import type { Job } from './job.js';
import { type JobState, jobState } from './job-state.js';

const POLL_MS = 5_000;
/** Each bad poll in a row makes the next wait longer by this, up to three times the usual. */
const BAD_POLL_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** Its server fails in bursts. */
const MAX_BAD_POLLS = 20;
const MAX_UNCLEAR_POLLS = 3;

/** Asks how a job is, once each time: to wait is the caller's business (`Waiting`). The key is not told there. */
export class JobWatch {
  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns where its file is
   * @throws Waiting while it is on its way; ProviderError when it has failed, or has taken too long
   */
  async look(job: Job, call: ProviderCall): Promise<string> {
    const looked = { ...job, polls: job.polls + 1 };
    let reply: ApiReply;
    let state: JobState;
    try {
      [reply, state] = await this.ask(job.progressUrl, call);
    } catch (error) {
      return this.afterBadPoll(looked, error);
    }
    switch (state.kind) {
      case 'done':
        return state.downloadUrl;
      case 'failed':
        throw apiWordsError(reply);
      case 'unclear':
        if (looked.unclearPolls + 1 >= MAX_UNCLEAR_POLLS) throw apiWordsError(reply);
        return this.wait({ ...looked, badPolls: 0, unclearPolls: looked.unclearPolls + 1 });
      case 'pending':
        return this.wait({ ...looked, badPolls: 0, unclearPolls: 0 }, state.ratio);
    }
  }

  /** Its file's address once more, of a job that has been done before. */
  async lookAgain(progressUrl: string, call: ProviderCall): Promise<string> {
    const [, state] = await this.ask(progressUrl, call);
    if (state.kind === 'done') return state.downloadUrl;
    throw new ProviderError('BYTES_403', 'the file was refused, and the job does not have another address');
  }

  /** @throws Waiting; ProviderError STALL when its time is over */
  wait(job: Job, ratio: number | null = null, afterMs = POLL_MS): never {
    if (this.clock.now().getTime() >= Date.parse(job.deadlineAt)) {
      throw apiError('STALL', `the job was not done after ${job.polls} polls`);
    }
    throw new Waiting(job, afterMs, ratio);
  }

  private async ask(progressUrl: string, { setup, signal }: ProviderCall): Promise<[ApiReply, JobState]> {
    const reply = await askApi(this.http, { url: progressUrl, apiKey: setup.apiKey, signal });
    // No key was told, so none can have been refused.
    if (reply.status === 401 || reply.status === 403) {
      throw apiError(`HTTP_${reply.status}`, `${reply.host} answered ${reply.status}`);
    }
    return [reply, jobState(bodyOf(reply, this.clock.now()), reply.words)];
  }

  /** A second job would be paid too, so this one is asked about as long as there is hope. */
  private afterBadPoll(job: Job, error: unknown): never {
    const passes = error instanceof ProviderError && (error.class === 'STALL' || error.code === 'HTTP_429');
    if (!passes || job.badPolls >= MAX_BAD_POLLS) throw error;
    const badPolls = job.badPolls + 1;
    this.wait({ ...job, badPolls }, null, Math.min(POLL_MS + BAD_POLL_MS * badPolls, LONGEST_WAIT_MS));
  }
}
