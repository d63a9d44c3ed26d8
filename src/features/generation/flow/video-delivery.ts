import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { JobEnds } from '../jobs/job-ends.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import type { GenerationError } from '../kie/error-class.js';
import { KnownVideos } from '../results/known-videos.js';

/** How Telegram took the video of a job: the last step. */
export type SendingEnd =
  | { state: 'sent'; fileId: string | null }
  /** The person has blocked the bot: the video is among his videos, and paid for. */
  | { state: 'blocked' }
  | { state: 'refused'; code: string; message: string }
  /** Telegram has forgotten the file of a known id. */
  | { state: 'stale' };

/** What follows when Telegram has answered, for a job's first video and for those that are sent again. */
@Injectable()
export class VideoDelivery {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly ends: JobEnds,
    private readonly videos: KnownVideos,
  ) {}

  /** Called in the transaction of the outbox's observer: what it writes is written once. */
  async settled(jobId: string, end: SendingEnd): Promise<void> {
    await this.database.transaction(async () => {
      // In whosever hands it is: what Telegram says comes first.
      const job = await this.jobs.lock(jobId);
      if (job?.status === 'delivering') await this.first(job, end);
      else if (job?.status === 'delivered') await this.again(job, end);
      else if (job) await this.jobs.remark(job.id, job.status, `Its video was ${end.state} after its end`);
    });
  }

  private async first(job: GenerationJob, end: SendingEnd): Promise<void> {
    switch (end.state) {
      case 'sent':
        await this.ends.deliver(job, end.fileId);
        return;
      case 'blocked':
        await this.ends.deliver(job, null, 'The person has blocked the bot');
        return;
      case 'refused':
        await this.ends.fail(job, refusal(end.code, end.message));
        return;
      case 'stale':
        await this.ends.fail(job, refusal('STALE', 'Telegram has forgotten the file'));
        return;
    }
  }

  private async again(job: GenerationJob, end: SendingEnd): Promise<void> {
    if (end.state === 'sent' && job.resultFileId === null && end.fileId !== null) {
      await this.jobs.write(job.id, { resultFileId: end.fileId });
    }
    if (end.state === 'stale' && job.resultFileId !== null) {
      await this.jobs.write(job.id, { resultFileId: null });
      await this.videos.send(await this.jobs.get(job.id), `job:${job.id}:again:${randomUUID()}`);
    }
  }
}

function refusal(code: string, message: string): GenerationError {
  return { class: 'UNKNOWN', detail: null, code, message, retryAfterSec: null };
}
