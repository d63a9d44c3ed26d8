import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { narrow } from '../../../../platform/http-server/filters.js';
import { pageWindow } from '../../../../platform/http-server/paging.js';
import { GenerationJob } from '../../jobs/generation-job.entity.js';
import { GenerationJobEvent } from '../../jobs/generation-job-event.entity.js';
import { GenerationSubmission } from '../../jobs/generation-submission.entity.js';
import type { GenerationJobsQuery } from './job.dto.js';

/** Jobs as the operator reads them. */
@Injectable()
export class JobLogRepository {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  page(query: GenerationJobsQuery): Promise<[GenerationJob[], number]> {
    const { status, tgUserId, batchId, errorClass, from, to } = query;
    const { skip, take } = pageWindow(query);
    const all = this.jobs.createQueryBuilder('job').orderBy('job.createdAt', 'DESC').addOrderBy('job.id', 'DESC');
    return narrow(
      all.skip(skip).take(take),
      { status, tgUserId, batchId, errorClass, from, to },
      { from: 'job.createdAt >= :from', to: 'job.createdAt < :to' },
    ).getManyAndCount();
  }

  find(id: string): Promise<GenerationJob | null> {
    return this.jobs.findOneBy({ id });
  }

  /** As they were confirmed. */
  ofBatch(batchId: string): Promise<GenerationJob[]> {
    return this.jobs.find({ where: { batchId }, order: { createdAt: 'ASC', idempotencyKey: 'ASC' } });
  }

  timelineOf(jobId: string): Promise<GenerationJobEvent[]> {
    return this.database.repository(GenerationJobEvent).find({ where: { jobId }, order: { id: 'ASC' } });
  }

  submissionsOf(jobId: string): Promise<GenerationSubmission[]> {
    return this.database.repository(GenerationSubmission).find({ where: { jobId }, order: { attempt: 'ASC' } });
  }

  private get jobs() {
    return this.database.repository(GenerationJob);
  }
}
