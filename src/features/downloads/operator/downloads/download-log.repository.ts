import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { containing, narrow } from '../../../../platform/http-server/filters.js';
import { pageWindow } from '../../../../platform/http-server/paging.js';
import { DownloadRequest } from '../../requests/download-request.entity.js';
import type { DownloadsQuery } from './download.dto.js';

/** Requests as the operator reads them. */
@Injectable()
export class DownloadLogRepository {
  constructor(private readonly database: Database) {}

  /** The newest first. */
  page(query: DownloadsQuery): Promise<[DownloadRequest[], number]> {
    const { state, platform, errorRef, tgUserId, text, from, to } = query;
    const { skip, take } = pageWindow(query);
    const all = this.requests.createQueryBuilder('r').orderBy('r.createdAt', 'DESC').addOrderBy('r.id');
    return narrow(
      all.skip(skip).take(take),
      { state, platform, errorRef, tgUserId, text: containing(text), from, to },
      {
        text: '(r.link ILIKE :text OR r.title ILIKE :text OR r.mediaKey ILIKE :text)',
        from: 'r.createdAt >= :from',
        to: 'r.createdAt < :to',
      },
    ).getManyAndCount();
  }

  find(id: string): Promise<DownloadRequest | null> {
    return this.requests.findOneBy({ id });
  }

  private get requests() {
    return this.database.repository(DownloadRequest);
  }
}
