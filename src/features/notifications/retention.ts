import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Every } from '../../platform/queue/every.js';
import { Notification } from './notification.entity.js';
import { WebhookDelivery } from './webhooks/webhook-delivery.entity.js';

const DAY_MS = 86_400_000;
const KEEP_NOTIFICATIONS_DAYS = 90;
const KEEP_DELIVERIES_DAYS = 30;
/** Few enough that nobody waits for their locks. */
const BATCH = 1_000;

/** Forgets what is over and old. */
@Injectable()
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Every({ name: 'notifications.forget', everyMs: 3_600_000 })
  async forget(): Promise<void> {
    await this.forgetNotifications();
    await this.forgetDeliveries();
  }

  private async forgetNotifications(): Promise<void> {
    const rows = this.database.ofAllUsers(Notification);
    const old = () =>
      rows.createQueryBuilder('row').where('row.createdAt < :before', this.before(KEEP_NOTIFICATIONS_DAYS));
    await inBatches(old, (ids) => rows.delete(ids));
  }

  /** What is still being tried stays. */
  private async forgetDeliveries(): Promise<void> {
    const rows = this.database.ofAllUsers(WebhookDelivery);
    const old = () =>
      rows
        .createQueryBuilder('row')
        .where('row.createdAt < :before', this.before(KEEP_DELIVERIES_DAYS))
        .andWhere(`row.state <> 'pending'`);
    await inBatches(old, (ids) => rows.delete(ids));
  }

  private before(days: number): { before: Date } {
    return { before: new Date(this.clock.now().getTime() - days * DAY_MS) };
  }
}

async function inBatches<Row extends { id: string }>(
  old: () => SelectQueryBuilder<Row>,
  forget: (ids: string[]) => Promise<unknown>,
): Promise<void> {
  let found: Row[];
  do {
    found = await old().select('row.id').limit(BATCH).getMany();
    if (found.length > 0) await forget(found.map(({ id }) => id));
  } while (found.length === BATCH);
}
