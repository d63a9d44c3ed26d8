import { Injectable } from '@nestjs/common';
import { Brackets, IsNull, Not } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { containing, narrow } from '../../platform/http-server/filters.js';
import { orderOf, pageWindow } from '../../platform/http-server/paging.js';
import type { Language } from '../../telegram/index.js';
import { BotUser } from './bot-user.entity.js';
import type { BotUsersQuery } from './bot-users.dto.js';

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
    await this.users.update(
      { bot, tgUserId },
      { blockedBotAt: () => (blocked ? 'coalesce(blocked_bot_at, now())' : 'NULL') },
    );
  }

  async languageOf(bot: string, tgUserId: number): Promise<Language | undefined> {
    const select = { language: true } as const;
    return (await this.users.findOne({ select, where: { bot, tgUserId } }))?.language;
  }

  async setLanguage(bot: string, tgUserId: number, language: Language): Promise<void> {
    await this.users.update({ bot, tgUserId }, { language, languageChosen: true });
  }

  async find(id: string): Promise<BotUser | null> {
    return this.users.findOneBy({ id });
  }

  /** @returns false when he was banned already, or was not */
  async setBanned(id: string, at: Date | null): Promise<boolean> {
    const { affected } = await this.users.update({ id, bannedAt: at ? IsNull() : Not(IsNull()) }, { bannedAt: at });
    return affected === 1;
  }

  async page(query: BotUsersQuery): Promise<[BotUser[], number]> {
    const { bot, text, blocked, banned, activeSince, sort } = query;
    const { skip, take } = pageWindow(query);
    const { field, direction } = orderOf(sort);
    const found = narrow(
      this.users.createQueryBuilder('person'),
      { bot, blocked, banned, activeSince },
      {
        blocked: '(person.blockedBotAt IS NOT NULL) = :blocked',
        banned: '(person.bannedAt IS NOT NULL) = :banned',
        activeSince: 'person.lastSeenAt >= :activeSince',
      },
    );
    if (text !== undefined) found.andWhere(called(text));
    return found.orderBy(`person.${field}`, direction).addOrderBy('person.id').skip(skip).take(take).getManyAndCount();
  }

  private get users() {
    return this.database.repository(BotUser);
  }
}

/** By any part of his name or username, or by his id. */
function called(text: string): Brackets {
  const part = containing(text.replace(/^@/, ''));
  return new Brackets((where) => {
    where.where('person.username ILIKE :part OR person.name ILIKE :part', { part });
    if (/^\d{1,15}$/.test(text)) where.orWhere('person.tgUserId = :tgUserId', { tgUserId: text });
  });
}
