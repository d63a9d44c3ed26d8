import { Injectable } from '@nestjs/common';
import { Jobs } from '../../../platform/queue/jobs.js';
import type { Notification } from '../notification.entity.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { messageBody } from './message-body.js';
import { sendWebhook } from './webhook.jobs.js';
import { WebhooksRepository } from './webhooks.repository.js';

/** Writes down what webhooks are owed. */
@Injectable()
export class WebhookOutbox {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly jobs: Jobs,
  ) {}

  /** To each webhook of the owner that wants the event. Takes part in the ambient transaction. */
  async send(owner: string, { id, event, params, createdAt }: Notification): Promise<void> {
    const body = messageBody({ id, event, createdAt, data: params });
    for (const { id: webhookId } of await this.webhooks.wanting(owner, event)) {
      const values = { webhookId, event, body, createdAt, nextAttemptAt: createdAt };
      const delivery = await this.deliveries.insert(owner, values);
      await this.jobs.enqueue(sendWebhook, { deliveryId: delivery.id, owner, attempts: 0 });
    }
  }
}
