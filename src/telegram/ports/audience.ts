export type Language = 'ru' | 'en';

/** Who wrote to a bot, as far as answering him needs to know. */
export interface Person {
  tgUserId: number;
  language: Language;
  /** The operator does not want him served. */
  banned: boolean;
}

export interface TelegramUser {
  id: number;
  username?: string;
  first_name: string;
  last_name?: string;
  language_code?: string;
}

/** Port: who uses the bots. The audience feature keeps it. */
export abstract class Audience {
  /** Notes that somebody wrote to `bot`, and tells who he is. */
  abstract seen(bot: string, user: TelegramUser): Promise<Person>;

  /** Somebody has blocked the bot, or has let it in again. */
  abstract blockedBot(bot: string, tgUserId: number, blocked: boolean): Promise<void>;
}
