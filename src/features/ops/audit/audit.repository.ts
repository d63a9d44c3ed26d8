import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { narrow } from '../../../platform/http-server/filters.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { AuditRecord } from './audit-record.entity.js';

export interface AuditFilter {
  actor?: string;
  action?: string;
  subject?: string;
  from?: Date;
  /** Not in it any more. */
  to?: Date;
}

@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  async insert(record: Omit<AuditRecord, 'id'>): Promise<void> {
    await this.records.insert(record);
  }

  /** The newest first. */
  page({ actor, action, subject, from, to }: AuditFilter, query: PageQuery): Promise<[AuditRecord[], number]> {
    const { skip, take } = pageWindow(query);
    const all = this.records.createQueryBuilder('record').orderBy('record.at', 'DESC').addOrderBy('record.id', 'DESC');
    return narrow(
      all.skip(skip).take(take),
      { actor, action, subject, from, to },
      { from: 'record.at >= :from', to: 'record.at < :to' },
    ).getManyAndCount();
  }

  private get records() {
    return this.database.repository(AuditRecord);
  }
}
