import { Injectable } from '@nestjs/common';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { StepQueue } from '../jobs/step-queue.js';
import { StepWorker } from '../jobs/step-worker.js';
import { Models } from '../models/models.js';
import { PromptWriter, type WrittenPrompt } from '../prompts/prompt-writer.js';

/** For a model that is not known any more: what every model takes. */
const MAX_CHARS = 2_000;

/** The step that writes the prompt of a job. It always ends with one; then the job waits for its turn at the provider. */
@Injectable()
export class Prompting {
  constructor(
    private readonly worker: StepWorker,
    private readonly jobs: JobsRepository,
    private readonly models: Models,
    private readonly writer: PromptWriter,
    private readonly queue: StepQueue,
  ) {}

  async run(id: string, run: number, signal: AbortSignal): Promise<void> {
    await this.worker.run({ id, run, status: 'prompting', signal }, (job, held) => this.write(job, held));
  }

  private async write(job: GenerationJob, signal: AbortSignal): Promise<void> {
    const maxChars = this.models.get(job.model)?.maxPromptChars ?? MAX_CHARS;
    const written = await this.writer.write(job, { maxChars, signal });
    signal.throwIfAborted();
    await this.jobs.move(job, 'queued', { finalPrompt: written.text }, noteOf(written));
    await this.queue.wake();
  }
}

function noteOf({ by, note }: WrittenPrompt): string {
  return note === null ? `Prompt by ${by}` : `Prompt by ${by}: ${note}`;
}
