import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../../platform/auth/principal.js';
import { Database } from '../../../../platform/database/database.js';
import { AuditLog } from '../../../ops/index.js';
import type { GenerationJob } from '../../jobs/generation-job.entity.js';
import type { GenerationJobEvent } from '../../jobs/generation-job-event.entity.js';
import type { GenerationSubmission } from '../../jobs/generation-submission.entity.js';
import { JobActions } from '../../jobs/job-actions.js';
import { jobNotFound } from '../../jobs/jobs.errors.js';
import type { GenerationJobsQuery } from './job.dto.js';
import { JobLogRepository } from './job-log.repository.js';

export interface JobWithHistory {
  job: GenerationJob;
  timeline: GenerationJobEvent[];
  submissions: GenerationSubmission[];
}

/** What each entry of the audit log is called. */
const DONE = {
  retry: 'generation_job.retried',
  cancel: 'generation_job.cancelled',
  refund: 'generation_job.refunded',
} as const;

/** What the operator sees of jobs, and does about them. */
@Injectable()
export class JobDesk {
  constructor(
    private readonly jobs: JobLogRepository,
    private readonly actions: JobActions,
    private readonly audit: AuditLog,
    private readonly database: Database,
  ) {}

  page(query: GenerationJobsQuery): Promise<[GenerationJob[], number]> {
    return this.jobs.page(query);
  }

  /** @throws DomainError `generation.job_not_found` */
  async get(id: string): Promise<JobWithHistory> {
    const job = await this.find(id);
    const [timeline, submissions] = await Promise.all([this.jobs.timelineOf(id), this.jobs.submissionsOf(id)]);
    return { job, timeline, submissions };
  }

  /**
   * Written down together with what it does, or neither.
   * @returns the job as it is then
   * @throws DomainError `generation.job_not_found`, or of kind `conflict`: it is not in a state for it
   */
  async act(action: keyof typeof DONE, id: string, by: Principal, note?: string): Promise<GenerationJob> {
    return this.database.transaction(async () => {
      const before = await this.find(id);
      const actor = `user:${by.id}`;
      const after = await this.actions[action](id, { actor, note });
      await this.audit.record({
        actor,
        action: DONE[action],
        subject: `generation_job:${id}`,
        before: { status: before.status, round: before.round },
        after: { status: after.status, round: after.round, costCredits: after.costCredits, note: note ?? null },
      });
      return after;
    });
  }

  private async find(id: string): Promise<GenerationJob> {
    const job = await this.jobs.find(id);
    if (!job) throw jobNotFound();
    return job;
  }
}
