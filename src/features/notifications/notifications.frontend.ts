import type { Notification } from './notification.entity.js';
import type { TelegramLink } from './telegram-link.entity.js';

/** A chat of an owner's with a bot. */
export type LinkedChat = Pick<TelegramLink, 'bot' | 'tgUserId' | 'chatId'>;

/**
 * Port: how owners hear of notifications in Telegram. What it sends it writes down in the ambient transaction. The owner's
 * conversation of the bots implements it.
 */
export abstract class NotificationsFrontend {
  /** Name of the bot that chats are linked with; undefined while there is none. */
  abstract readonly linkingBot: string | undefined;

  /** What Telegram calls a bot; undefined while Telegram cannot be asked, or when the bot is gone. */
  abstract usernameOf(bot: string): Promise<string | undefined>;

  /** Harmless to repeat: a chat hears of a notification once. */
  abstract tell(chat: LinkedChat, notification: Notification): Promise<void>;

  /** Tells a chat that it hears of nothing any more: another took its place, or its owner wants it so. */
  abstract unlinked(link: TelegramLink): Promise<void>;
}
