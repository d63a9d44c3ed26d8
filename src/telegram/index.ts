export type { BotCommand, BotContext } from './bots/bot.js';
export { BotRegistry } from './bots/bot-registry.js';
export { introduce } from './bots/introduce.js';
export { Audience, type Language, type Person, type TelegramUser } from './ports/audience.js';
export { BotTexts, type TextVariables } from './ports/texts.js';
export { ObservesOutbox, type SettledMessage } from './outbox/observers.js';
export { Outbox, type OwedMedia, type StatusEdit } from './outbox/outbox.js';
export { telegramConfig, type TelegramConfig } from './telegram.config.js';
export { TelegramModule, type BotModule } from './telegram.module.js';
