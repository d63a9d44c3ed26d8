import { Injectable } from '@nestjs/common';
import { Jobs } from '../../../platform/queue/jobs.js';
import { jobOf } from '../downloads.jobs.js';
import type { DownloadRequest } from './download-request.entity.js';

/** Asks for work on requests, in the queue that is theirs. */
@Injectable()
export class RunQueue {
  constructor(private readonly jobs: Jobs) {}

  async add(request: Pick<DownloadRequest, 'id' | 'run' | 'inBackground'>, delayMs = 0): Promise<void> {
    await this.jobs.enqueue(jobOf(request), { requestId: request.id, run: request.run }, { delayMs });
  }
}
