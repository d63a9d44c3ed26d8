import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { perMinute, RateLimiter } from '../../../platform/auth/rate-limiter.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { PageQuery } from '../../../platform/http-server/paging.js';
import { messageBody, TEST_EVENT } from './message-body.js';
import type { ShownWebhook } from './shown-webhook.js';
import { WebhookCall, type WebhookAnswer } from './webhook-call.js';
import type { Webhook } from './webhook.entity.js';
import { WebhookSecrets } from './webhook-secrets.js';
import type { CreateWebhookDto, UpdateWebhookDto } from './webhooks.dto.js';
import { tooManyTests, tooManyWebhooks, webhookNotFound } from './webhooks.errors.js';
import { WebhooksRepository } from './webhooks.repository.js';

const MOST_WEBHOOKS = 20;
/** Enough for a person, too few to bother somebody else's server. */
const TESTS_PER_MIN = 20;

@Injectable()
export class WebhooksService {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhooksRepository,
    private readonly secrets: WebhookSecrets,
    private readonly calls: WebhookCall,
    private readonly limiter: RateLimiter,
    private readonly clock: Clock,
  ) {}

  async page(owner: string, query: PageQuery): Promise<[ShownWebhook[], number]> {
    const [webhooks, total] = await this.webhooks.page(owner, query);
    return [webhooks.map((webhook) => this.shown(webhook)), total];
  }

  async get(owner: string, id: string): Promise<ShownWebhook> {
    return this.shown(await this.find(owner, id));
  }

  async create(owner: string, { url, events, secret = this.secrets.make() }: CreateWebhookDto): Promise<ShownWebhook> {
    return this.database.transaction(async () => {
      if ((await this.webhooks.lockedCount(owner)) >= MOST_WEBHOOKS) throw tooManyWebhooks(MOST_WEBHOOKS);
      const id = randomUUID();
      const now = this.clock.now();
      const webhook = await this.webhooks.insert(owner, {
        id,
        url,
        events,
        secret: this.secrets.seal(id, secret),
        isActive: true,
        disabledReason: null,
        createdAt: now,
        updatedAt: now,
      });
      return this.shown(webhook, secret);
    });
  }

  async update(owner: string, id: string, { rotateSecret, ...settings }: UpdateWebhookDto): Promise<ShownWebhook> {
    const secret = rotateSecret === true ? this.secrets.make() : undefined;
    const found = await this.webhooks.update(owner, id, {
      ...settings,
      ...(settings.isActive === undefined ? {} : { disabledReason: null }),
      ...(secret === undefined ? {} : { secret: this.secrets.seal(id, secret) }),
      updatedAt: this.clock.now(),
    });
    if (!found) throw webhookNotFound();
    return this.shown(await this.find(owner, id), secret);
  }

  async delete(owner: string, id: string): Promise<void> {
    if (!(await this.webhooks.delete(owner, id))) throw webhookNotFound();
  }

  /** Sends an event now, once, switched off or not, and keeps nothing of it. */
  async test(owner: string, id: string): Promise<WebhookAnswer> {
    const webhook = await this.find(owner, id);
    const retryAfterSec = await this.limiter.waitSec(perMinute(`webhook-test:${owner}`, TESTS_PER_MIN));
    if (retryAfterSec > 0) throw tooManyTests(retryAfterSec);
    const body = messageBody({ id: randomUUID(), event: TEST_EVENT, createdAt: this.clock.now(), data: {} });
    const secret = this.secrets.open(webhook);
    return this.calls.send({ url: webhook.url, secret, event: TEST_EVENT, deliveryId: randomUUID(), body });
  }

  private async find(owner: string, id: string): Promise<Webhook> {
    const webhook = await this.webhooks.find(owner, id);
    if (!webhook) throw webhookNotFound();
    return webhook;
  }

  private shown(webhook: Webhook, secret?: string): ShownWebhook {
    const { secret: _, ...rest } = webhook;
    return { ...rest, secretMasked: this.secrets.masked(webhook), secret };
  }
}
