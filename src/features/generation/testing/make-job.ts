import { randomUUID } from 'node:crypto';
import type { Database } from '../../../platform/database/database.js';
import { GenerationBatch } from '../batches/generation-batch.entity.js';
import { GenerationJob } from '../jobs/generation-job.entity.js';
import { GenerationJobEvent } from '../jobs/generation-job-event.entity.js';
import type { JobStatus } from '../jobs/job-status.js';

type Row<Entity> = Partial<Omit<Entity, 'batch' | 'job' | 'key' | 'template'>>;

const ANNA = 7_000_000_001;

/** A batch of one video as it may stand in the table; the test says what matters. @returns its id */
export async function makeBatch(database: Database, fields: Row<GenerationBatch> = {}): Promise<string> {
  const id = fields.id ?? randomUUID();
  await database.repository(GenerationBatch).insert({
    id,
    draftId: randomUUID(),
    bot: 'generation',
    chatId: ANNA,
    tgUserId: ANNA,
    language: 'en',
    kind: 'ugc',
    size: 1,
    costCredits: 1,
    ...fields,
  });
  return id;
}

/**
 * A job that waits in the queue, unless the test says otherwise; of a batch of its own, unless it says of which. It has
 * entered its status when it was changed last, and no credits are held for it.
 * @returns its id
 */
export async function makeJob(database: Database, fields: Row<GenerationJob> = {}): Promise<string> {
  const { id = randomUUID(), tgUserId = ANNA, kind = 'ugc', status = 'queued', createdAt = new Date() } = fields;
  const batchId = fields.batchId ?? (await makeBatch(database, { tgUserId, chatId: tgUserId, kind, createdAt }));
  const updatedAt = fields.updatedAt ?? createdAt;
  await database.repository(GenerationJob).insert({
    productText: 'A ceramic mug, 300 ml',
    bot: 'generation',
    photoKey: `generation/photos/${id}.jpg`,
    model: 'bytedance/seedance-2',
    costCredits: 1,
    idempotencyKey: `${randomUUID()}:0`,
    timings: { [status]: updatedAt.toISOString() },
    ...fields,
    id,
    batchId,
    tgUserId,
    kind,
    status,
    createdAt,
    updatedAt,
  });
  return id;
}

/** A line of its timeline. */
export async function makeEvent(
  database: Database,
  jobId: string,
  event: { from: JobStatus | null; to: JobStatus; at?: Date; note?: string },
): Promise<void> {
  await database.repository(GenerationJobEvent).insert({ jobId, ...event });
}
