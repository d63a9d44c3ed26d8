import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TelegrafModule } from 'nestjs-telegraf';
import { Redis } from '../platform/redis/redis.js';
import { SlotsModule } from '../platform/slots/slots.module.js';
import type { BotDefinition } from './bots/bot.js';
import { BotsHealth } from './bots/bots.health.js';
import { BotLifecycle } from './bots/bot-lifecycle.js';
import { BOTS, BotRegistry } from './bots/bot-registry.js';
import { BotStatus } from './bots/bot-status.js';
import { sessions } from './bots/sessions.js';
import { BotFiles } from './files/bot-files.js';
import { Intake } from './intake/intake.js';
import { TelegramUpdate } from './intake/telegram-update.entity.js';
import { UpdateHandler } from './intake/update-handler.js';
import { UpdatePump } from './intake/update-pump.js';
import { UpdateStates } from './intake/update-states.js';
import { UpdatesRepository } from './intake/updates.repository.js';
import { WebhookController } from './intake/webhook.controller.js';
import { Webhooks } from './intake/webhooks.js';
import { BotApiCall } from './outbox/bot-api-call.js';
import { ClaimsRepository } from './outbox/claims.repository.js';
import { Delivery } from './outbox/delivery.js';
import { Dispatcher } from './outbox/dispatcher.js';
import { FileCalls } from './outbox/file-calls.js';
import { FloodControl } from './outbox/flood-control.js';
import { LocalFiles } from './outbox/local-files.js';
import { Observers } from './outbox/observers.js';
import { OutboxMessage } from './outbox/outbox-message.entity.js';
import { Outbox } from './outbox/outbox.js';
import { OutboxRepository } from './outbox/outbox.repository.js';
import { telegramConfig, type TelegramConfig } from './telegram.config.js';

/** A bot and the modules that hold its conversations. */
export interface BotModule {
  bot: BotDefinition;
  /** Asked in this order, as long as the one before hands an update on. */
  conversations: readonly Type[];
  /** Whether a conversation remembers something between two messages, as `context.session`. */
  hasSessions: boolean;
}

/** telegraf wants a token even for a bot that is off and never calls. */
const NO_TOKEN = '0:off';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([TelegramUpdate, OutboxMessage]), SlotsModule],
  controllers: [WebhookController],
  providers: [
    BotRegistry,
    BotStatus,
    BotLifecycle,
    BotsHealth,
    Intake,
    UpdateHandler,
    UpdatePump,
    UpdateStates,
    UpdatesRepository,
    Webhooks,
    BotApiCall,
    BotFiles,
    FileCalls,
    ClaimsRepository,
    Delivery,
    Dispatcher,
    FloodControl,
    LocalFiles,
    Observers,
    Outbox,
    OutboxRepository,
  ],
  exports: [BotFiles, BotRegistry, Outbox, UpdateStates],
})
class TelegramCoreModule {
  static forBots(bots: BotDefinition[]): DynamicModule {
    return { module: TelegramCoreModule, providers: [{ provide: BOTS, useValue: bots }] };
  }
}

/**
 * What bots stand on, and their conversations. It is not global itself: nestjs-telegraf looks for conversations in all
 * that a module can reach, and a global module's would be found for every bot.
 */
@Module({})
export class TelegramModule {
  static forRoot(bots: BotModule[]): DynamicModule {
    return {
      module: TelegramModule,
      imports: [
        TelegramCoreModule.forBots(bots.map(({ bot }) => bot)),
        ...bots.map(telegraf),
        ...new Set(bots.flatMap(({ conversations }) => conversations)),
      ],
    };
  }
}

function telegraf({ bot, conversations, hasSessions }: BotModule): DynamicModule {
  return TelegrafModule.forRootAsync({
    botName: bot.name,
    inject: [UpdateStates, Redis, telegramConfig.key],
    useFactory: (states: UpdateStates, redis: Redis, { sessionTtlHours }: TelegramConfig) => ({
      token: bot.token ?? NO_TOKEN,
      include: [...conversations],
      // Updates come through the gate alone, never from telegraf's own polling.
      launchOptions: false,
      middlewares: [states.middleware, ...(hasSessions ? [sessions(redis, sessionTtlHours)] : [])],
      options: { handlerTimeout: Infinity, telegram: { apiRoot: bot.apiRoot, webhookReply: false } },
    }),
  });
}
