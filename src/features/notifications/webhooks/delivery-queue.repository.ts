import { Injectable } from '@nestjs/common';
import { LessThanOrEqual, type QueryDeepPartialEntity } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { Webhook } from './webhook.entity.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

const MOST_AT_ONCE = 500;

/** Deliveries of all owners, as the workers know them. A try is claimed by counting it. */
@Injectable()
export class DeliveryQueueRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes a try that nobody has taken. Whoever dies with it is found at `leaseUntil`: then it is due again.
   * @returns null when another has taken it, or it is over
   */
  async claim(id: string, attempts: number, leaseUntil: Date): Promise<WebhookDelivery | null> {
    const claim = { attempts: attempts + 1, nextAttemptAt: leaseUntil };
    const { affected } = await this.rows.update({ id, attempts, state: 'pending' }, claim);
    return affected === 1 ? this.rows.findOneBy({ id }) : null;
  }

  /** Does nothing when the claim was lost meanwhile. @returns whether it was ours */
  async settle({ id, attempts }: WebhookDelivery, changes: QueryDeepPartialEntity<WebhookDelivery>): Promise<boolean> {
    const { affected } = await this.rows.update({ id, attempts, state: 'pending' }, changes);
    return affected === 1;
  }

  /** The longest due first. */
  due(now: Date): Promise<Pick<WebhookDelivery, 'id' | 'attempts'>[]> {
    return this.rows.find({
      select: { id: true, attempts: true },
      where: { state: 'pending', nextAttemptAt: LessThanOrEqual(now) },
      order: { nextAttemptAt: 'ASC' },
      take: MOST_AT_ONCE,
    });
  }

  webhookOf({ webhookId }: WebhookDelivery): Promise<Webhook | null> {
    return this.webhooks.findOneBy({ id: webhookId });
  }

  async switchOff({ id }: Webhook, reason: string, now: Date): Promise<void> {
    await this.webhooks.update({ id, isActive: true }, { isActive: false, disabledReason: reason, updatedAt: now });
  }

  private get rows() {
    return this.database.ofAllUsers(WebhookDelivery);
  }

  private get webhooks() {
    return this.database.ofAllUsers(Webhook);
  }
}
