import { Injectable } from '@nestjs/common';
import { StepWorker } from '../jobs/step-worker.js';
import { EarlierCalls } from './earlier-calls.js';
import { TaskCreation } from './task-creation.js';

/** The step that hands a job to the provider: once, as far as that can be known. */
@Injectable()
export class Submitting {
  constructor(
    private readonly worker: StepWorker,
    private readonly earlier: EarlierCalls,
    private readonly creation: TaskCreation,
  ) {}

  async run(id: string, run: number, signal: AbortSignal): Promise<void> {
    await this.worker.run({ id, run, status: 'submitting', signal }, async (job, held) => {
      if (await this.earlier.takeUp(job, held)) return;
      await this.creation.begin(job, held);
    });
  }
}
