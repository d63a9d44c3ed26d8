import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { deleteInBatches } from '../../../platform/database/delete-in-batches.js';
import { Drain } from '../../../platform/queue/drain.js';
import { Every } from '../../../platform/queue/every.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { FINAL } from '../requests/request-state.js';

const DAY_MS = 86_400_000;

/** Forgets what is older than the operator wants it kept. */
@Injectable()
export class Retention {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly drain: Drain,
  ) {}

  @Every({ name: 'downloads.retention', everyMs: 3_600_000 })
  async sweep(): Promise<void> {
    const { keepAttemptsDays, keepRequestsDays } = this.config;
    await this.drop('download_attempts', 'started_at < $1 AND outcome IS NOT NULL', [this.before(keepAttemptsDays)]);
    // What is still open is no history yet.
    const over = 'opened_at < $1 AND (closed_at IS NOT NULL OR open_until < $1)';
    await this.drop('circuit_openings', over, [this.before(keepAttemptsDays)]);
    // Their attempts go with them.
    await this.drop('download_requests', 'created_at < $1 AND state = ANY($2)', [this.before(keepRequestsDays), FINAL]);
  }

  private drop(from: string, where: string, parameters: unknown[]): Promise<void> {
    return deleteInBatches(this.database, { from, where, parameters }, this.drain.signal);
  }

  private before(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
