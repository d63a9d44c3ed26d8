import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { narrow } from '../../../platform/http-server/filters.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { CreditEntry, type EntryKind } from '../ledger/credit-entry.entity.js';

interface EntryFilter {
  accountId?: string;
  reference?: string;
  kind?: EntryKind;
}

/** Lines of all accounts. */
@Injectable()
export class EntryLog {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  page({ accountId, reference, kind }: EntryFilter, query: PageQuery): Promise<[CreditEntry[], number]> {
    const { skip, take } = pageWindow(query);
    const all = this.database.repository(CreditEntry).createQueryBuilder('entry').orderBy('entry.seq', 'DESC');
    return narrow(all.skip(skip).take(take), { accountId, reference, kind }, {}).getManyAndCount();
  }
}
