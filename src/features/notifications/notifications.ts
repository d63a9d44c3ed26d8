import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { storable } from '../../platform/text/storable.js';
import { NotificationsRepository } from './inbox/notifications.repository.js';
import type { NotificationEvent, NotificationParams } from './notification-events.js';
import { NotificationsFrontend } from './notifications.frontend.js';
import { SettingsRepository } from './settings/settings.repository.js';
import { TelegramLinksRepository } from './telegram/telegram-links.repository.js';
import { WebhookOutbox } from './webhooks/webhook-outbox.js';

const LONGEST_PARAM = 500;

export interface Notice {
  event: NotificationEvent;
  /** Names what has happened: what an owner has been told under a key he is not told again. */
  key: string;
  /** What the words of the event name (`notification-words.ts`), and ids. Texts are cut to 500 characters. */
  params: NotificationParams;
}

/** Tells owners what needs them: in the panel, in Telegram when linked, through their webhooks. */
@Injectable()
export class Notifications {
  constructor(
    private readonly database: Database,
    private readonly notifications: NotificationsRepository,
    private readonly settings: SettingsRepository,
    private readonly webhooks: WebhookOutbox,
    private readonly links: TelegramLinksRepository,
    private readonly frontend: NotificationsFrontend,
    private readonly clock: Clock,
  ) {}

  /** Takes part in the ambient transaction. Does nothing when the owner has muted the event or knows of it. */
  async tell(owner: string, { event, key, params }: Notice): Promise<void> {
    await this.database.transaction(async () => {
      if ((await this.settings.mutedBy(owner)).includes(event)) return;
      const values = { event, dedupKey: key, params: storableParams(params), createdAt: this.clock.now() };
      const notification = await this.notifications.insertOnce(owner, values);
      if (!notification) return;
      await this.webhooks.send(owner, notification);
      const link = await this.links.find(owner);
      if (link) await this.frontend.tell(link, notification);
    });
  }
}

function storableParams(params: NotificationParams): NotificationParams {
  const fit = (value: NotificationParams[string]) =>
    typeof value === 'string' ? storable(value, LONGEST_PARAM) : value;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, fit(value)]));
}
