import { Injectable } from '@nestjs/common';
import { Audience, type Language, type Person, type TelegramUser } from '../../telegram/index.js';
import { BotUsersRepository } from './bot-users.repository.js';

/** Who uses the bots: written down at each update, in one round trip. */
@Injectable()
export class AudienceService extends Audience {
  constructor(private readonly users: BotUsersRepository) {
    super();
  }

  async seen(bot: string, user: TelegramUser): Promise<Person> {
    const { language, banned } = await this.users.touch({
      bot,
      tgUserId: user.id,
      username: user.username ?? null,
      name: [user.first_name, user.last_name].filter(Boolean).join(' '),
      language: languageOf(user.language_code),
    });
    return { tgUserId: user.id, language, banned };
  }

  async blockedBot(bot: string, tgUserId: number, blocked: boolean): Promise<void> {
    await this.users.setBlockedBot(bot, tgUserId, blocked);
  }

  /** The language that the bot speaks with him; undefined when he has never written to it. */
  async languageOf(bot: string, tgUserId: number): Promise<Language | undefined> {
    return this.users.languageOf(bot, tgUserId);
  }

  /** From now on the bot speaks this language with him, whatever his Telegram is set to. */
  async chooseLanguage(bot: string, tgUserId: number, language: Language): Promise<void> {
    await this.users.setLanguage(bot, tgUserId, language);
  }
}

function languageOf(code: string | undefined): Language {
  return code?.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}
