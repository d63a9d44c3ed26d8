import { Injectable } from '@nestjs/common';
import type { QueryDeepPartialEntity } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import type { NotificationEvent } from '../notification-events.js';
import { Webhook } from './webhook.entity.js';

@Injectable()
export class WebhooksRepository {
  constructor(private readonly database: Database) {}

  /** The oldest first. */
  page(owner: string, query: PageQuery): Promise<[Webhook[], number]> {
    const { skip, take } = pageWindow(query);
    return this.rows.findAndCount(owner, {}, { order: { createdAt: 'ASC', id: 'ASC' }, skip, take });
  }

  find(owner: string, id: string): Promise<Webhook | null> {
    return this.rows.findOne(owner, { id });
  }

  /** Those that are to be told of an event. */
  wanting(owner: string, event: NotificationEvent): Promise<Webhook[]> {
    return this.rows
      .query(owner, 'webhook')
      .andWhere('webhook.isActive')
      .andWhere(':event = ANY(webhook.events)', { event })
      .getMany();
  }

  /** How many the owner has. Until the end of the transaction nobody else counts them. */
  async lockedCount(owner: string): Promise<number> {
    await this.database.lock(`webhooks:${owner}`);
    return this.rows.count(owner);
  }

  insert(owner: string, webhook: Omit<Webhook, 'userId'>): Promise<Webhook> {
    return this.rows.insert(owner, webhook);
  }

  /** @returns whether it was there */
  async update(owner: string, id: string, changes: QueryDeepPartialEntity<Webhook>): Promise<boolean> {
    return (await this.rows.update(owner, { id }, changes)) > 0;
  }

  /** @returns whether it was there */
  async delete(owner: string, id: string): Promise<boolean> {
    return (await this.rows.delete(owner, { id })) > 0;
  }

  private get rows() {
    return this.database.owned(Webhook);
  }
}
