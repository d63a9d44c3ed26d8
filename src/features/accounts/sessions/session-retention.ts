import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { deleteInBatches } from '../../../platform/database/delete-in-batches.js';
import { Every } from '../../../platform/queue/every.js';

/** Forgets sessions that nobody can go on with, ended ones too once they would have expired. */
@Injectable()
export class SessionRetention {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Every({ name: 'accounts.forget-sessions', everyMs: 3_600_000 })
  async sweep(): Promise<void> {
    const expired = { where: 'expires_at <= $1', parameters: [this.clock.now()] };
    // Their tokens go along; then the single tokens of sessions that go on.
    await deleteInBatches(this.database, { from: 'sessions', ...expired });
    await deleteInBatches(this.database, { from: 'refresh_tokens', ...expired });
  }
}
