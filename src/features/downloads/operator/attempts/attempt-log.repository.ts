import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { narrow } from '../../../../platform/http-server/filters.js';
import { pageWindow } from '../../../../platform/http-server/paging.js';
import { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import type { AttemptsQuery } from './attempt.dto.js';

/** Attempts as the operator reads them. */
@Injectable()
export class AttemptLogRepository {
  constructor(private readonly database: Database) {}

  /** Of a provider, the newest first. */
  page(provider: string, query: AttemptsQuery): Promise<[DownloadAttempt[], number]> {
    const { outcome, errorClass, platform, from, to } = query;
    const { skip, take } = pageWindow(query);
    const all = this.attempts.createQueryBuilder('a').orderBy('a.startedAt', 'DESC').addOrderBy('a.id');
    return narrow(
      all.skip(skip).take(take),
      { provider, outcome, errorClass, platform, from, to },
      { from: 'a.startedAt >= :from', to: 'a.startedAt < :to' },
    ).getManyAndCount();
  }

  /** In the order in which they were made. */
  ofRequest(requestId: string): Promise<DownloadAttempt[]> {
    return this.attempts.find({ where: { requestId }, order: { startedAt: 'ASC', id: 'ASC' } });
  }

  private get attempts() {
    return this.database.repository(DownloadAttempt);
  }
}
