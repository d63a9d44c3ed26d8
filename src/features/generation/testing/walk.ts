import type { GenerationJob } from '../jobs/generation-job.entity.js';
import type { JobStatus } from '../jobs/job-status.js';
import type { JobsRepository } from '../jobs/jobs.repository.js';

/** Moves a job that nobody works on, one status after the other. */
export async function walk(jobs: JobsRepository, id: string, ...statuses: JobStatus[]): Promise<GenerationJob> {
  for (const status of statuses) {
    if (!(await jobs.move({ id, claim: null }, status))) throw new Error(`It does not become ${status}`);
  }
  return jobs.get(id);
}
