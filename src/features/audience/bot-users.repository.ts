import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Language } from '../../telegram/index.js';
import { BotUser } from './bot-user.entity.js';

type Seen = Pick<BotUser, 'bot' | 'tgUserId' | 'username' | 'name' | 'language'>;

@Injectable()
export class BotUsersRepository {
  constructor(private readonly database: Database) {}

  /** Writes the person down, or that he is here again; a language he chose stays. */
  async touch({ bot, tgUserId, username, name, language }: Seen): Promise<{ language: Language; banned: boolean }> {
    const [row] = await this.database.query<{ language: Language; banned: boolean }>(
      `INSERT INTO bot_users AS known (bot, tg_user_id, username, name, language) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (bot, tg_user_id) DO UPDATE SET
         username = EXCLUDED.username, name = EXCLUDED.name, last_seen_at = now(), blocked_bot_at = NULL,
         language = CASE WHEN known.language_chosen THEN known.language ELSE EXCLUDED.language END
       RETURNING language, banned_at IS NOT NULL AS banned`,
      [bot, tgUserId, username, name, language],
    );
    if (!row) throw new Error('An upsert has returned nothing');
    return row;
  }

  async setBlockedBot(bot: string, tgUserId: number, blocked: boolean): Promise<void> {
    await this.database
      .repository(BotUser)
      .update({ bot, tgUserId }, { blockedBotAt: () => (blocked ? 'coalesce(blocked_bot_at, now())' : 'NULL') });
  }

  async setLanguage(bot: string, tgUserId: number, language: Language): Promise<void> {
    await this.database.repository(BotUser).update({ bot, tgUserId }, { language, languageChosen: true });
  }
}
