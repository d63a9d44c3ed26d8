import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Jobs } from '../../../platform/queue/jobs.js';
import type { DeliveriesQuery } from './deliveries.dto.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import type { WebhookDelivery } from './webhook-delivery.entity.js';
import type { Webhook } from './webhook.entity.js';
import { sendWebhook } from './webhook.jobs.js';
import { deliveryNotFound, deliveryPending, webhookInactive, webhookNotFound } from './webhooks.errors.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** What became of the deliveries of a webhook. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  async page(owner: string, webhookId: string, query: DeliveriesQuery): Promise<[WebhookDelivery[], number]> {
    await this.webhook(owner, webhookId);
    return this.deliveries.page(owner, webhookId, query.state, query);
  }

  /** Sends one that has ended once more; more than a day after it was made, one failure ends it. */
  async retry(owner: string, webhookId: string, id: string): Promise<WebhookDelivery> {
    return this.database.transaction(async () => {
      const webhook = await this.webhook(owner, webhookId);
      await this.delivery(owner, webhookId, id);
      if (!webhook.isActive) throw webhookInactive();
      if (!(await this.deliveries.reopen(owner, id, this.clock.now()))) throw deliveryPending();
      const delivery = await this.delivery(owner, webhookId, id);
      await this.jobs.enqueue(sendWebhook, { deliveryId: id, owner, attempts: delivery.attempts });
      return delivery;
    });
  }

  private async webhook(owner: string, id: string): Promise<Webhook> {
    const webhook = await this.webhooks.find(owner, id);
    if (!webhook) throw webhookNotFound();
    return webhook;
  }

  private async delivery(owner: string, webhookId: string, id: string): Promise<WebhookDelivery> {
    const delivery = await this.deliveries.find(owner, webhookId, id);
    if (!delivery) throw deliveryNotFound();
    return delivery;
  }
}
