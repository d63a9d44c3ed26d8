import { Injectable } from '@nestjs/common';
import type { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import type { DownloadRequest } from '../../requests/download-request.entity.js';
import { AttemptLogRepository } from '../attempts/attempt-log.repository.js';
import { requestNotFound } from '../operator.errors.js';
import type { DownloadsQuery } from './download.dto.js';
import { DownloadLogRepository } from './download-log.repository.js';

export interface DownloadWithAttempts {
  request: DownloadRequest;
  attempts: DownloadAttempt[];
}

/** Which way each link has taken, and why. */
@Injectable()
export class DownloadLog {
  constructor(
    private readonly requests: DownloadLogRepository,
    private readonly attempts: AttemptLogRepository,
  ) {}

  page(query: DownloadsQuery): Promise<[DownloadRequest[], number]> {
    return this.requests.page(query);
  }

  /** @throws DomainError `downloads.request_not_found` */
  async get(id: string): Promise<DownloadWithAttempts> {
    const request = await this.requests.find(id);
    if (!request) throw requestNotFound();
    return { request, attempts: await this.attempts.ofRequest(id) };
  }
}
