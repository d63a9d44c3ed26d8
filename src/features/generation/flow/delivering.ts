import { Injectable } from '@nestjs/common';
import { BatchesRepository } from '../batches/batches.repository.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { GenerationFrontend, type ReadyVideo } from '../generation.frontend.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { StepQueue } from '../jobs/step-queue.js';
import { StepWorker } from '../jobs/step-worker.js';
import { ResultError } from '../results/result-error.js';
import { resultKeyOf, Results } from '../results/results.js';
import { Setbacks } from './setbacks.js';

const TRY_AGAIN_MS = 15_000;
/** A video that is paid for is worth some patience; after it another one is paid for. */
const PATIENCE_MS = 300_000;

/**
 * The step that stores a video and hands it to the outbox. From then on the job waits, with a `resultKey`, for what
 * Telegram says (`VideoDelivery`); until then the step may be repeated as often as one likes.
 */
@Injectable()
export class Delivering {
  constructor(
    private readonly worker: StepWorker,
    private readonly database: Database,
    private readonly jobs: JobsRepository,
    private readonly batches: BatchesRepository,
    private readonly results: Results,
    private readonly frontend: GenerationFrontend,
    private readonly setbacks: Setbacks,
    private readonly queue: StepQueue,
    private readonly clock: Clock,
  ) {}

  async run(id: string, run: number, signal: AbortSignal): Promise<void> {
    await this.worker.run({ id, run, status: 'delivering', signal }, (job, held) => this.deliver(job, held));
  }

  private async deliver(job: GenerationJob, signal: AbortSignal): Promise<void> {
    if (job.resultKey !== null) {
      await this.jobs.askAgain(job);
      return;
    }
    try {
      await this.handOver(job, await this.results.store(job, signal));
    } catch (error) {
      if (!(error instanceof ResultError)) throw error;
      if (this.isWorthWaiting(job, error)) await this.waitFor(job);
      else await this.setbacks.after(job, error.asGenerationError());
    }
  }

  private async handOver(job: GenerationJob, video: ReadyVideo): Promise<void> {
    await this.database.transaction(async () => {
      const stored = await this.jobs.askAgain(job, { resultKey: resultKeyOf(job.id), lookAt: null });
      if (stored) await this.frontend.deliver(stored, video, await this.batches.get(stored.batchId));
    });
  }

  private isWorthWaiting({ lookAt, timings }: GenerationJob, { code }: ResultError): boolean {
    if (code !== 'NETWORK' && code !== 'TIMEOUT') return false;
    // Nobody has tried before: it is not the host that has made it wait until now.
    if (lookAt === null) return true;
    const since = timings.delivering === undefined ? 0 : Date.parse(timings.delivering);
    return this.clock.now().getTime() - since < PATIENCE_MS;
  }

  private async waitFor(job: GenerationJob): Promise<void> {
    const lookAt = new Date(this.clock.now().getTime() + TRY_AGAIN_MS);
    const again = await this.jobs.askAgain(job, { lookAt });
    if (again) await this.queue.add(again, TRY_AGAIN_MS);
  }
}
