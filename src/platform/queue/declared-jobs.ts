import { Injectable } from '@nestjs/common';
import type { JobDefinition, JobPayload } from './job.js';

/** Every kind of job that some module has declared. */
@Injectable()
export class DeclaredJobs {
  private readonly jobs = new Map<string, JobDefinition>();

  declare<P extends JobPayload>(job: JobDefinition<P>): void {
    if (this.jobs.has(job.name)) throw new Error(`Two jobs are called ${job.name}`);
    this.jobs.set(job.name, job);
  }

  all(): JobDefinition[] {
    return [...this.jobs.values()];
  }
}
