import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { TelegramLink } from '../telegram-link.entity.js';

@Injectable()
export class TelegramLinksRepository {
  constructor(private readonly database: Database) {}

  find(owner: string): Promise<TelegramLink | null> {
    return this.rows.findOne(owner);
  }

  /** @returns the link that was there. Until the end of the transaction nobody else changes it. */
  async take(owner: string): Promise<TelegramLink | null> {
    const link = await this.rows.query(owner, 'link').setLock('pessimistic_write').getOne();
    if (link) await this.rows.delete(owner, {});
    return link;
  }

  async insert(owner: string, link: Omit<TelegramLink, 'userId'>): Promise<void> {
    await this.rows.insert(owner, link);
  }

  /**
   * Of whoever has linked this person of Telegram, with any bot: only he himself is asked, not an account.
   * @returns how many accounts were linked
   */
  async deleteOfPerson(tgUserId: number): Promise<number> {
    return (await this.database.ofAllUsers(TelegramLink).delete({ tgUserId })).affected ?? 0;
  }

  private get rows() {
    return this.database.owned(TelegramLink);
  }
}
