import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { deleteInBatches } from '../../platform/database/delete-in-batches.js';
import { Every } from '../../platform/queue/every.js';

const DAY_MS = 86_400_000;
const KEEP_NOTIFICATIONS_DAYS = 90;
const KEEP_DELIVERIES_DAYS = 30;

/** Forgets what is over and old. */
@Injectable()
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Every({ name: 'notifications.forget', everyMs: 3_600_000 })
  async forget(): Promise<void> {
    await deleteInBatches(this.database, {
      from: 'notifications',
      where: 'created_at < $1',
      parameters: [this.before(KEEP_NOTIFICATIONS_DAYS)],
    });
    // What is still being tried stays.
    await deleteInBatches(this.database, {
      from: 'webhook_deliveries',
      where: `created_at < $1 AND state <> 'pending'`,
      parameters: [this.before(KEEP_DELIVERIES_DAYS)],
    });
  }

  private before(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
