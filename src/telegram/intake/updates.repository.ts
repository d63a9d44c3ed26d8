import { Injectable } from '@nestjs/common';
import type { Update } from 'telegraf/types';
import { Database } from '../../platform/database/database.js';
import { TelegramUpdate } from './telegram-update.entity.js';
import { factsOf } from './update-facts.js';

const KEEP = '48 hours';

@Injectable()
export class UpdatesRepository {
  constructor(private readonly database: Database) {}

  /** Stores updates; those that were here before are dropped. @returns how many were new. */
  async store(bot: string, updates: Update[]): Promise<number> {
    const rows = updates.map((payload) => ({
      bot,
      updateId: payload.update_id,
      chatId: factsOf(payload).chatId,
      payload: payload,
    }));
    const result = await this.database.manager
      .createQueryBuilder()
      .insert()
      .into(TelegramUpdate)
      .values(rows)
      .orIgnore()
      .returning('update_id')
      .execute();
    return (result.raw as unknown[]).length;
  }

  /**
   * Locks the oldest update of a chat in which nobody else is at work, until the ambient transaction ends: if this
   * process dies, the update is free again.
   */
  async lockNext(bots: string[]): Promise<TelegramUpdate | null> {
    return this.database
      .repository(TelegramUpdate)
      .createQueryBuilder('update')
      .where(`update.state = 'pending' AND update.retryAt <= now() AND update.bot IN (:...bots)`, { bots })
      .andWhere(
        `NOT EXISTS (SELECT FROM telegram_updates earlier WHERE earlier.state = 'pending' AND earlier.bot = update.bot
         AND earlier.chat_id = update.chat_id AND earlier.update_id < update.update_id)`,
      )
      .orderBy('update.receivedAt')
      .limit(1)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
  }

  async finish({ bot, updateId }: TelegramUpdate, state: 'done' | 'failed'): Promise<void> {
    await this.database.repository(TelegramUpdate).update({ bot, updateId }, { state });
  }

  async postpone(
    { bot, updateId }: TelegramUpdate,
    seconds: number,
    { countsAsAttempt }: { countsAsAttempt: boolean },
  ): Promise<void> {
    await this.database.query(
      `UPDATE telegram_updates SET attempts = attempts + $4, retry_at = now() + make_interval(secs => $3)
       WHERE bot = $1 AND update_id = $2`,
      [bot, updateId, seconds, countsAsAttempt ? 1 : 0],
    );
  }

  async forgetOld(): Promise<void> {
    await this.database.query(
      `DELETE FROM telegram_updates WHERE received_at < now() - $1::interval AND state <> 'pending'`,
      [KEEP],
    );
  }
}
