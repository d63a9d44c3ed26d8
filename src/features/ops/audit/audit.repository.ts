import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { given } from '../query/given.js';
import { within, type Period } from '../query/period.js';
import { AuditRecord } from './audit-record.entity.js';

export interface AuditFilter extends Period {
  actor?: string;
  action?: string;
  subject?: string;
}

@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  async insert(record: Omit<AuditRecord, 'id'>): Promise<void> {
    await this.records.insert(record);
  }

  /** The newest first. */
  page({ actor, action, subject, from, to }: AuditFilter, query: PageQuery): Promise<[AuditRecord[], number]> {
    return this.records.findAndCount({
      where: given({ actor, action, subject, at: within({ from, to }) }),
      order: { at: 'DESC', id: 'DESC' },
      ...pageWindow(query),
    });
  }

  private get records() {
    return this.database.repository(AuditRecord);
  }
}
