import { Injectable } from '@nestjs/common';
import { Jobs } from '../../../platform/queue/jobs.js';
import type { JobDefinition } from '../../../platform/queue/job.js';
import { deliverJob, lookJob, promptJob, startJobs, submitJob } from '../generation.jobs.js';
import type { GenerationJob } from './generation-job.entity.js';
import type { JobStatus } from './job-status.js';

const STEPS: Partial<Record<JobStatus, JobDefinition<{ generationJobId: string; run: number }>>> = {
  prompting: promptJob,
  submitting: submitJob,
  generating: lookJob,
  delivering: deliverJob,
};

/** Asks for the next step of a job after the commit, in the queue that fits its status. */
@Injectable()
export class StepQueue {
  constructor(private readonly jobs: Jobs) {}

  /** Of one in the queue: whoever decides about turns is woken. */
  async add({ id, run, status }: Pick<GenerationJob, 'id' | 'run' | 'status'>, delayMs = 0): Promise<void> {
    const step = STEPS[status];
    if (step) await this.jobs.enqueue(step, { generationJobId: id, run }, { delayMs });
    else await this.wake();
  }

  /** Some job may leave the queue, or there is room for one. */
  async wake(): Promise<void> {
    await this.jobs.enqueue(startJobs, {});
  }
}
