import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CryptoModule } from '../../platform/crypto/crypto.module.js';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { InboxService } from './inbox/inbox.service.js';
import { NotificationsController } from './inbox/notifications.controller.js';
import { NotificationsRepository } from './inbox/notifications.repository.js';
import { Notification } from './notification.entity.js';
import { NotificationSettings } from './notification-settings.entity.js';
import { Notifications } from './notifications.js';
import { Retention } from './retention.js';
import { NotificationSettingsController } from './settings/settings.controller.js';
import { SettingsRepository } from './settings/settings.repository.js';
import { LinkCodes } from './telegram/link-codes.js';
import { TelegramLinkController } from './telegram/telegram-link.controller.js';
import { TelegramLinks } from './telegram/telegram-links.js';
import { TelegramLinksRepository } from './telegram/telegram-links.repository.js';
import { TelegramLink } from './telegram-link.entity.js';
import { WebhookDeliveriesController } from './webhooks/deliveries.controller.js';
import { DeliveriesRepository } from './webhooks/deliveries.repository.js';
import { DeliveriesService } from './webhooks/deliveries.service.js';
import { DeliveryQueueRepository } from './webhooks/delivery-queue.repository.js';
import { WebhookCall } from './webhooks/webhook-call.js';
import { WebhookDelivery } from './webhooks/webhook-delivery.entity.js';
import { Webhook } from './webhooks/webhook.entity.js';
import { sendWebhook } from './webhooks/webhook.jobs.js';
import { WebhookOutbox } from './webhooks/webhook-outbox.js';
import { WebhookSecrets, webhookSecretsColumn } from './webhooks/webhook-secrets.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { WebhooksRepository } from './webhooks/webhooks.repository.js';
import { WebhooksService } from './webhooks/webhooks.service.js';

/** Needs a global module that provides `NotificationsFrontend`. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Notification, NotificationSettings, TelegramLink, Webhook, WebhookDelivery]),
    QueueModule.forFeature(sendWebhook),
    CryptoModule.forFeature(webhookSecretsColumn),
  ],
  controllers: [
    NotificationsController,
    NotificationSettingsController,
    TelegramLinkController,
    WebhookDeliveriesController,
    WebhooksController,
  ],
  providers: [
    DeliveriesRepository,
    DeliveriesService,
    DeliveryQueueRepository,
    InboxService,
    LinkCodes,
    Notifications,
    NotificationsRepository,
    Retention,
    SettingsRepository,
    TelegramLinks,
    TelegramLinksRepository,
    WebhookCall,
    WebhookOutbox,
    WebhookSecrets,
    WebhookSender,
    WebhooksRepository,
    WebhooksService,
  ],
  exports: [Notifications, TelegramLinks],
})
export class NotificationsModule {}
