import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { GenerationJob } from '../jobs/generation-job.entity.js';
import { GenerationJobEvent } from '../jobs/generation-job-event.entity.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { GenerationBatch } from './generation-batch.entity.js';

type NewBatch = Omit<GenerationBatch, 'id' | 'createdAt'>;
type NewJob = Pick<
  GenerationJob,
  | 'id'
  | 'kind'
  | 'productText'
  | 'wishes'
  | 'userPrompt'
  | 'photoKey'
  | 'templateId'
  | 'finalPrompt'
  | 'model'
  | 'costCredits'
  | 'idempotencyKey'
>;

@Injectable()
export class BatchesRepository {
  constructor(private readonly database: Database) {}

  /** Of whom a job is, and where he is told. */
  get(id: string): Promise<GenerationBatch> {
    return this.batches.findOneByOrFail({ id });
  }

  /** A draft is confirmed by one at a time: whoever comes second, waits until the ambient transaction of the first ends. */
  async lockDraft(draftId: string): Promise<GenerationBatch | null> {
    await this.database.lock(`generation.draft:${draftId}`);
    return this.batches.findOneBy({ draftId });
  }

  /** Keeps a photo from being tidied away. @returns false when it is not his, or gone */
  async usePhoto(tgUserId: number, key: string): Promise<boolean> {
    const used = await this.database.query(
      `UPDATE generation_photos SET last_used_at = now() WHERE key = $1 AND tg_user_id = $2 RETURNING key`,
      [key, tgUserId],
    );
    return used.length > 0;
  }

  async add(batch: NewBatch, jobs: NewJob[]): Promise<GenerationBatch> {
    const row = this.batches.create(batch);
    await this.batches.createQueryBuilder().insert().values(row).execute();
    const { id: batchId, bot, tgUserId } = row;
    await this.database.repository(GenerationJob).insert(jobs.map((job) => ({ ...job, batchId, bot, tgUserId })));
    await this.database
      .repository(GenerationJobEvent)
      .insert(jobs.map(({ id }) => ({ jobId: id, from: null, to: 'queued' as const })));
    return row;
  }

  /** A person's videos that can be watched, and those that are on their way, the newest first. */
  videosOf(tgUserId: number, page: PageQuery): Promise<[GenerationJob[], number]> {
    const { skip, take } = pageWindow(page);
    return this.database
      .repository(GenerationJob)
      .createQueryBuilder('job')
      .where('job.tgUserId = :tgUserId', { tgUserId })
      .andWhere(
        `(job.status IN ('queued', 'prompting', 'submitting', 'generating', 'delivering')
          OR job.status = 'delivered' AND (job.resultFileId IS NOT NULL OR job.resultKey IS NOT NULL))`,
      )
      .orderBy('job.createdAt', 'DESC')
      .addOrderBy('job.idempotencyKey', 'DESC')
      .skip(skip)
      .take(take)
      .getManyAndCount();
  }

  private get batches() {
    return this.database.repository(GenerationBatch);
  }
}
