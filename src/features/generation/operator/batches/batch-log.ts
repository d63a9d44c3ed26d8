import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { narrow } from '../../../../platform/http-server/filters.js';
import { pageWindow } from '../../../../platform/http-server/paging.js';
import { GenerationBatch } from '../../batches/generation-batch.entity.js';
import type { GenerationJob } from '../../jobs/generation-job.entity.js';
import { JobLogRepository } from '../jobs/job-log.repository.js';
import { batchNotFound } from '../operator.errors.js';
import type { GenerationBatchesQuery } from './batch.dto.js';

export interface BatchWithJobs {
  batch: GenerationBatch;
  jobs: GenerationJob[];
}

/** What was confirmed with one press each, as the operator reads it. */
@Injectable()
export class BatchLog {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobLogRepository,
  ) {}

  /** The newest first. */
  page(query: GenerationBatchesQuery): Promise<[GenerationBatch[], number]> {
    const { tgUserId, from, to } = query;
    const { skip, take } = pageWindow(query);
    const all = this.batches
      .createQueryBuilder('batch')
      .orderBy('batch.createdAt', 'DESC')
      .addOrderBy('batch.id', 'DESC');
    return narrow(
      all.skip(skip).take(take),
      { tgUserId, from, to },
      { from: 'batch.createdAt >= :from', to: 'batch.createdAt < :to' },
    ).getManyAndCount();
  }

  /** @throws DomainError `generation.batch_not_found` */
  async get(id: string): Promise<BatchWithJobs> {
    const batch = await this.batches.findOneBy({ id });
    if (!batch) throw batchNotFound();
    return { batch, jobs: await this.jobs.ofBatch(id) };
  }

  private get batches() {
    return this.database.repository(GenerationBatch);
  }
}
