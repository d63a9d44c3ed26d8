import { Injectable } from '@nestjs/common';
import type { QueryDeepPartialEntity } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { Webhook } from './webhook.entity.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';
import type { SendWebhook } from './webhook.jobs.js';

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

  /** The longest due first, of all owners or one, of each `most` at once: what he is owed hides nothing of others. */
  due(now: Date, most: number, owner: string | null = null): Promise<SendWebhook[]> {
    return this.database.query(
      `SELECT id AS "deliveryId", user_id AS owner, attempts FROM (
         SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY next_attempt_at) AS place
         FROM webhook_deliveries
         WHERE state = 'pending' AND next_attempt_at <= $1 AND ($3::uuid IS NULL OR user_id = $3)
       ) due WHERE place <= $2 ORDER BY next_attempt_at LIMIT ${MOST_AT_ONCE}`,
      [now, most, owner],
    );
  }

  webhookOf({ webhookId }: WebhookDelivery): Promise<Webhook | null> {
    return this.webhooks.findOneBy({ id: webhookId });
  }

  /** Does nothing when it leads elsewhere by now. */
  async switchOff({ id, url }: Webhook, reason: string, now: Date): Promise<void> {
    await this.webhooks.update(
      { id, url, isActive: true },
      { isActive: false, disabledReason: reason, updatedAt: now },
    );
  }

  private get rows() {
    return this.database.ofAllUsers(WebhookDelivery);
  }

  private get webhooks() {
    return this.database.ofAllUsers(Webhook);
  }
}
