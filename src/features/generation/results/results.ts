import { Injectable } from '@nestjs/common';
import { Media, MediaError, type MediaFacts } from '../../../platform/media/index.js';
import { Storage } from '../../../platform/storage/storage.js';
import type { ReadyVideo } from '../generation.frontend.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { ResultDownload } from './result-download.js';
import { ResultError } from './result-error.js';
import { ResultLink } from './result-link.js';

/** Where the video of a job is kept. */
export const resultKeyOf = (jobId: string) => `generation/${jobId}/video.mp4`;

/** Brings the provider's video home. */
@Injectable()
export class Results {
  constructor(
    private readonly download: ResultDownload,
    private readonly link: ResultLink,
    private readonly media: Media,
    private readonly storage: Storage,
  ) {}

  /**
   * Fetches it, under a fresh link when the known one is dead, and stores it under `resultKeyOf`, in place of what may be
   * there.
   * @throws ResultError; the signal's reason when it was aborted
   */
  async store(job: GenerationJob, signal: AbortSignal): Promise<ReadyVideo> {
    try {
      if (job.resultUrl === null) throw new ResultError('RESULT_GONE', 'The provider has told of no video');
      return await this.bring(job.resultUrl, job, signal);
    } catch (error) {
      if (!(error instanceof ResultError) || error.code !== 'RESULT_GONE') throw error;
      const fresh = await this.link.fresh(job, signal);
      if (fresh === null) throw error;
      return this.bring(fresh, job, signal);
    }
  }

  private bring(url: string, { id }: GenerationJob, signal: AbortSignal): Promise<ReadyVideo> {
    return this.download.fetch(url, signal, async (path) => {
      const { video, durationSec, sizeBytes } = await this.probe(path);
      if (!video) throw new ResultError('UNREADABLE', 'There is no picture in the video');
      const storageKey = resultKeyOf(id);
      signal.throwIfAborted();
      await this.storage.adopt(storageKey, path);
      return {
        source: { storageKey, sizeBytes },
        width: video.displayWidth,
        height: video.displayHeight,
        durationSec: durationSec === null ? null : Math.round(durationSec),
      };
    });
  }

  private async probe(path: string): Promise<MediaFacts> {
    try {
      const facts = await this.media.probe(path);
      if (facts.isCutOff) throw new ResultError('NETWORK', 'The video ends in the middle');
      return facts;
    } catch (error) {
      if (!(error instanceof MediaError) || error.code !== 'unreadable') throw error;
      throw new ResultError('UNREADABLE', 'What the provider has made is no video', { cause: error });
    }
  }
}
