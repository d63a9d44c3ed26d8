import { Inject, Injectable, Logger } from '@nestjs/common';
import { Every } from '../../platform/queue/every.js';
import { Handles, type JobContext } from '../../platform/queue/handles.js';
import { DownloadDelivery } from './delivery/download-delivery.js';
import { downloadsConfig, type DownloadsConfig } from './downloads.config.js';
import { runDownload, runInBackground } from './downloads.jobs.js';
import { DownloadWorker } from './flow/download-worker.js';
import { LongWaits } from './flow/long-waits.js';
import { Rests } from './flow/rests.js';
import { ClaimsRepository } from './requests/claims.repository.js';
import { FlightsRepository } from './requests/flights.repository.js';
import { RunQueue } from './requests/run-queue.js';

/** The background side of downloads: the work itself, and the reconciler that misses nothing. */
@Injectable()
export class DownloadsProcessor {
  private readonly logger = new Logger(DownloadsProcessor.name);

  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly worker: DownloadWorker,
    private readonly claims: ClaimsRepository,
    private readonly flights: FlightsRepository,
    private readonly delivery: DownloadDelivery,
    private readonly longWaits: LongWaits,
    private readonly rests: Rests,
    private readonly queue: RunQueue,
  ) {}

  @Handles(runDownload)
  async run({ requestId }: { requestId: string }, { signal }: JobContext): Promise<void> {
    await this.worker.work(requestId, signal);
  }

  @Handles(runInBackground)
  async runInBackground({ requestId }: { requestId: string }, { signal }: JobContext): Promise<void> {
    await this.worker.work(requestId, signal);
  }

  /** Whatever was lost between a commit and its job, with Redis, or with a worker, moves again within seconds. */
  @Every({ name: 'downloads.reconcile', everyMs: 5_000 })
  async reconcile(): Promise<void> {
    // One that fails keeps none of the others from it.
    const steps = [this.endCancelled(), this.wakeStranded(), this.rests.endAbandoned(), this.adopt(), this.giveUp()];
    for (const step of await Promise.allSettled(steps)) {
      if (step.status === 'rejected') this.logger.error({ err: step.reason as unknown }, 'Could not be reconciled');
    }
  }

  @Every({ name: 'downloads.long-waits', everyMs: 2_000 })
  async tellLongWaits(): Promise<void> {
    await this.longWaits.tell();
  }

  private async endCancelled(): Promise<void> {
    for (const request of await this.claims.findUnendedCancels()) await this.delivery.cancel(request);
  }

  private async wakeStranded(): Promise<void> {
    for (const request of await this.claims.findStranded(this.config.maxActivePerUser)) await this.queue.add(request);
  }

  private async adopt(): Promise<void> {
    for (const orphan of await this.flights.findOrphans()) await this.delivery.adopt(orphan);
  }

  private async giveUp(): Promise<void> {
    for (const request of await this.claims.findHopeless()) {
      this.logger.error({ requestId: request.id }, 'A download has broken down too often');
      await this.delivery.fail(request, { code: 'PROVIDER_BUG', overloaded: false });
    }
  }
}
