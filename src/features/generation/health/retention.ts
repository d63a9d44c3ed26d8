import { dirname } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Drain } from '../../../platform/queue/drain.js';
import { Every } from '../../../platform/queue/every.js';
import { Storage } from '../../../platform/storage/storage.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import { FINAL } from '../jobs/job-status.js';
import { resultKeyOf } from '../results/results.js';

const DAY_MS = 86_400_000;
/** Files that are removed in one transaction. */
const BATCH = 100;

/**
 * Removes photos and videos that are older than the operator wants them kept. Jobs, their timelines and the ids by which
 * Telegram knows their videos stay: they belong to the books.
 */
@Injectable()
export class Retention {
  constructor(
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
    private readonly database: Database,
    private readonly storage: Storage,
    private readonly clock: Clock,
    private readonly drain: Drain,
  ) {}

  @Every({ name: 'generation.retention', everyMs: DAY_MS })
  async sweep(): Promise<void> {
    await this.inBatches(() => this.forgetPhotos(this.before(this.config.keepPhotosDays)));
    await this.inBatches(() => this.forgetResults(this.before(this.config.keepResultsDays)));
  }

  /** Rows are locked until their files are gone, so that no job can begin with a photo that is on its way out. */
  private async forgetPhotos(before: Date): Promise<number> {
    return this.database.transaction(async () => {
      const photos = await this.database.query<{ key: string }>(
        `SELECT key FROM generation_photos AS photo
         WHERE last_used_at < $1 AND NOT EXISTS (
           SELECT FROM generation_jobs AS job
           WHERE job.photo_key = photo.key AND (job.updated_at >= $1 OR job.status <> ALL($2))
         )
         ORDER BY last_used_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
        [before, FINAL],
      );
      const keys = photos.map(({ key }) => key);
      for (const key of keys) await this.storage.remove(key);
      await this.database.query('DELETE FROM generation_photos WHERE key = ANY($1)', [keys]);
      return keys.length;
    });
  }

  private async forgetResults(before: Date): Promise<number> {
    return this.database.transaction(async () => {
      const jobs = await this.database.query<{ id: string }>(
        `SELECT id FROM generation_jobs
         WHERE status = ANY($2) AND updated_at < $1 AND result_key IS NOT NULL
         ORDER BY updated_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
        [before, FINAL],
      );
      const ids = jobs.map(({ id }) => id);
      for (const id of ids) await this.storage.remove(dirname(resultKeyOf(id)));
      await this.database.query('UPDATE generation_jobs SET result_key = NULL WHERE id = ANY($1)', [ids]);
      return jobs.length;
    });
  }

  private async inBatches(forget: () => Promise<number>): Promise<void> {
    while ((await forget()) === BATCH && !this.drain.signal.aborted);
  }

  private before(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
