import { Injectable, Logger } from '@nestjs/common';
import { Jobs } from '../../platform/queue/jobs.js';
import { Every } from '../../platform/queue/every.js';
import { Handles, type JobContext } from '../../platform/queue/handles.js';
import { DownloadDelivery } from './delivery/download-delivery.js';
import { runDownload } from './downloads.jobs.js';
import { DownloadWorker } from './flow/download-worker.js';
import { RequestsRepository } from './requests/requests.repository.js';

/** The background side of downloads: the work itself, and the reconciler that misses nothing. */
@Injectable()
export class DownloadsProcessor {
  private readonly logger = new Logger(DownloadsProcessor.name);

  constructor(
    private readonly worker: DownloadWorker,
    private readonly requests: RequestsRepository,
    private readonly delivery: DownloadDelivery,
    private readonly jobs: Jobs,
  ) {}

  @Handles(runDownload)
  async run({ requestId }: { requestId: string }, { signal }: JobContext): Promise<void> {
    await this.worker.work(requestId, signal);
  }

  /** Whatever was lost between a commit and its job, with Redis, or with a worker, moves again within seconds. */
  @Every({ name: 'downloads.reconcile', everyMs: 5_000 })
  async reconcile(): Promise<void> {
    for (const { id, run } of await this.requests.findStranded()) {
      await this.jobs.enqueue(runDownload, { requestId: id, run });
    }
    for (const orphan of await this.requests.findOrphans()) await this.delivery.adopt(orphan);
    for (const request of await this.requests.findHopeless()) {
      this.logger.error({ requestId: request.id }, 'A download has broken down too often');
      await this.delivery.fail(request, { code: 'PROVIDER_BUG', overloaded: false });
    }
  }
}
