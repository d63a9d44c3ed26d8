import { Injectable } from '@nestjs/common';
import { Storage } from '../../../platform/storage/storage.js';
import { BatchesRepository } from '../batches/batches.repository.js';
import { GenerationFrontend, type ReadyVideo } from '../generation.frontend.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';

/** Videos that were delivered before: Telegram knows them by an id, or they lie in the storage. */
@Injectable()
export class KnownVideos {
  constructor(
    private readonly batches: BatchesRepository,
    private readonly storage: Storage,
    private readonly frontend: GenerationFrontend,
  ) {}

  /** Sends it to the chat it was ordered in, once for each key. @returns false when it is not there any more */
  async send(job: GenerationJob, key: string): Promise<boolean> {
    const source = job.status === 'delivered' ? await this.sourceOf(job) : null;
    if (!source) return false;
    const video = { source, width: null, height: null, durationSec: null };
    await this.frontend.sendAgain(job, video, await this.batches.get(job.batchId), key);
    return true;
  }

  private async sourceOf({ resultFileId, resultKey }: GenerationJob): Promise<ReadyVideo['source'] | null> {
    if (resultFileId !== null) return { fileId: resultFileId };
    if (resultKey === null || !(await this.storage.exists(resultKey))) return null;
    return { storageKey: resultKey, sizeBytes: (await this.storage.facts(resultKey)).sizeBytes };
  }
}
