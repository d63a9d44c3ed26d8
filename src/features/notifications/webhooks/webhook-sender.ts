import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Every } from '../../../platform/queue/every.js';
import { Handles, type JobContext } from '../../../platform/queue/handles.js';
import { Jobs } from '../../../platform/queue/jobs.js';
import { DeliveryQueueRepository } from './delivery-queue.repository.js';
import { nextAttemptAt } from './retry-plan.js';
import { WebhookCall, type WebhookAnswer } from './webhook-call.js';
import type { WebhookDelivery } from './webhook-delivery.entity.js';
import type { Webhook } from './webhook.entity.js';
import { sendWebhook, type SendWebhook } from './webhook.jobs.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** Longer than a call can take. */
const LEASE_MS = 30_000;
/** Of all that one process sends at once: a receiver that is slow to answer holds up its owner alone. */
const OF_ONE_OWNER = 4;

/** Delivers at least once: a try whose worker died is repeated. */
@Injectable()
export class WebhookSender {
  /** How many are on their way, by owner. */
  private readonly sending = new Map<string, number>();

  constructor(
    private readonly queue: DeliveryQueueRepository,
    private readonly secrets: WebhookSecrets,
    private readonly calls: WebhookCall,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** What finds no room goes on being due: whatever makes room asks for it. */
  @Handles(sendWebhook)
  async send(asked: SendWebhook, { signal }: JobContext): Promise<void> {
    const { owner } = asked;
    const before = this.sending.get(owner) ?? 0;
    if (before >= OF_ONE_OWNER) return;
    this.sending.set(owner, before + 1);
    try {
      await this.attempt(asked, signal);
    } finally {
      this.leave(owner);
    }
    await this.hurry(await this.queue.due(this.clock.now(), OF_ONE_OWNER, owner));
  }

  /** Those that are to be repeated, and those whose job was lost or whose worker died. */
  @Every({ name: 'notifications.hurry-webhooks', everyMs: 5_000 })
  async hurryDue(): Promise<void> {
    await this.hurry(await this.queue.due(this.clock.now(), OF_ONE_OWNER));
  }

  private async hurry(due: SendWebhook[]): Promise<void> {
    for (const delivery of due) await this.jobs.enqueue(sendWebhook, delivery);
  }

  private leave(owner: string): void {
    const left = (this.sending.get(owner) ?? 1) - 1;
    if (left === 0) this.sending.delete(owner);
    else this.sending.set(owner, left);
  }

  /** When this process stops in the middle, the claim runs out and another one repeats the try. */
  private async attempt({ deliveryId, attempts }: SendWebhook, signal: AbortSignal): Promise<void> {
    const leaseUntil = new Date(this.clock.now().getTime() + LEASE_MS);
    const delivery = await this.queue.claim(deliveryId, attempts, leaseUntil);
    const webhook = delivery && (await this.queue.webhookOf(delivery));
    if (!webhook) return;
    const answer = await this.answerTo(delivery, webhook, signal).catch((error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    });
    if (answer) await this.note(delivery, webhook, answer);
  }

  private async answerTo(
    { id, event, body }: WebhookDelivery,
    webhook: Webhook,
    signal: AbortSignal,
  ): Promise<Omit<WebhookAnswer, 'ms'>> {
    if (!webhook.isActive) return { outcome: 'never', status: null, error: 'The webhook is switched off' };
    const secret = this.secretOf(webhook);
    if (secret === null) return { outcome: 'again', status: null, error: 'The secret cannot be read: make a new one' };
    return this.calls.send({ url: webhook.url, secret, event, deliveryId: id, body }, signal);
  }

  private secretOf(webhook: Webhook): string | null {
    try {
      return this.secrets.open(webhook);
    } catch {
      return null;
    }
  }

  private async note(
    delivery: WebhookDelivery,
    webhook: Webhook,
    { outcome, status, error }: Omit<WebhookAnswer, 'ms'>,
  ): Promise<void> {
    const now = this.clock.now();
    const { attempts, createdAt } = delivery;
    const next = outcome === 'again' ? nextAttemptAt(attempts, createdAt, now, Math.random()) : null;
    const state = outcome === 'delivered' ? 'delivered' : next ? 'pending' : 'failed';
    const settled = { state, lastStatus: status, lastError: error, nextAttemptAt: next } as const;
    await this.database.transaction(async () => {
      const isOurs = await this.queue.settle(delivery, { ...settled, finishedAt: next ? null : now });
      if (isOurs && error !== null && outcome === 'gone') await this.queue.switchOff(webhook, error, now);
    });
  }
}
