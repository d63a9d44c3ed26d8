import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import type { PageQuery } from '../../../platform/http-server/paging.js';
import type { Notification } from '../notification.entity.js';
import { notificationNotFound } from '../notifications.errors.js';
import { NotificationsRepository } from './notifications.repository.js';

/** What an owner was told, and whether he has seen it. */
@Injectable()
export class InboxService {
  constructor(
    private readonly notifications: NotificationsRepository,
    private readonly clock: Clock,
  ) {}

  page(owner: string, { unread, ...query }: PageQuery & { unread?: boolean }): Promise<[Notification[], number]> {
    return this.notifications.page(owner, unread, query);
  }

  unread(owner: string): Promise<number> {
    return this.notifications.unread(owner);
  }

  async markRead(owner: string, id: string): Promise<Notification> {
    await this.notifications.markRead(owner, id, this.clock.now());
    const notification = await this.notifications.find(owner, id);
    if (!notification) throw notificationNotFound();
    return notification;
  }

  markAllRead(owner: string): Promise<number> {
    return this.notifications.markAllRead(owner, this.clock.now());
  }
}
