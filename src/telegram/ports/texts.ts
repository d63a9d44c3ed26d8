import type { Language } from './audience.js';

export type TextVariables = Record<string, string | number>;

/** Port: the words of the bots. The bot-messages feature keeps them. */
export abstract class BotTexts {
  /** The text as Telegram HTML; variables are escaped. A key that nobody declared is an error of the program. */
  abstract text(bot: string, key: string, language: Language, variables?: TextVariables): string;

  /** Whether the bot has words of its own for this. */
  abstract has(bot: string, key: string): boolean;

  /** The key that fits an error's code, the bot's own or the common one for what has no words of its own. */
  abstract errorKey(bot: string, code: string): string;
}
