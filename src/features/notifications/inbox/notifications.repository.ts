import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { Notification } from '../notification.entity.js';

type NewNotification = Pick<Notification, 'event' | 'dedupKey' | 'params' | 'createdAt'>;

@Injectable()
export class NotificationsRepository {
  constructor(private readonly database: Database) {}

  /** @returns null when the owner has been told under this key */
  async insertOnce(
    owner: string,
    { event, dedupKey, params, createdAt }: NewNotification,
  ): Promise<Notification | null> {
    const [row] = await this.database.query<{ id: string }>(
      `INSERT INTO notifications (user_id, event, dedup_key, params, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (user_id, dedup_key) DO NOTHING RETURNING id`,
      [owner, event, dedupKey, JSON.stringify(params), createdAt],
    );
    return row ? { id: row.id, userId: owner, event, dedupKey, params, createdAt, readAt: null } : null;
  }

  /** The newest first. */
  page(owner: string, unread: boolean | undefined, query: PageQuery): Promise<[Notification[], number]> {
    const { skip, take } = pageWindow(query);
    const where = unread === undefined ? {} : { readAt: unread ? IsNull() : Not(IsNull()) };
    return this.rows.findAndCount(owner, where, { order: { createdAt: 'DESC', id: 'DESC' }, skip, take });
  }

  find(owner: string, id: string): Promise<Notification | null> {
    return this.rows.findOne(owner, { id });
  }

  unread(owner: string): Promise<number> {
    return this.rows.count(owner, { readAt: IsNull() });
  }

  /** Does nothing to one that was read before. */
  async markRead(owner: string, id: string, now: Date): Promise<void> {
    await this.rows.update(owner, { id, readAt: IsNull() }, { readAt: now });
  }

  /** @returns how many were unread */
  markAllRead(owner: string, now: Date): Promise<number> {
    return this.rows.update(owner, { readAt: IsNull() }, { readAt: now });
  }

  private get rows() {
    return this.database.owned(Notification);
  }
}
