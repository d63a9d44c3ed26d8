import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { WebhookDelivery, type DeliveryState } from './webhook-delivery.entity.js';

type NewDelivery = Pick<WebhookDelivery, 'webhookId' | 'event' | 'body' | 'createdAt' | 'nextAttemptAt'>;

/** Deliveries as their owner knows them. */
@Injectable()
export class DeliveriesRepository {
  constructor(private readonly database: Database) {}

  insert(owner: string, delivery: NewDelivery): Promise<WebhookDelivery> {
    return this.rows.insert(owner, { ...delivery, attempts: 0 });
  }

  /** Of a webhook, the newest first. */
  page(
    owner: string,
    webhookId: string,
    state: DeliveryState | undefined,
    query: PageQuery,
  ): Promise<[WebhookDelivery[], number]> {
    const { skip, take } = pageWindow(query);
    const where = state === undefined ? { webhookId } : { webhookId, state };
    return this.rows.findAndCount(owner, where, { order: { createdAt: 'DESC', id: 'DESC' }, skip, take });
  }

  find(owner: string, webhookId: string, id: string): Promise<WebhookDelivery | null> {
    return this.rows.findOne(owner, { id, webhookId });
  }

  /** @returns whether it had ended, and now begins anew */
  async reopen(owner: string, id: string, now: Date): Promise<boolean> {
    const anew = { state: 'pending', nextAttemptAt: now, finishedAt: null } as const;
    return (await this.rows.update(owner, { id, state: Not('pending') }, anew)) > 0;
  }

  private get rows() {
    return this.database.owned(WebhookDelivery);
  }
}
