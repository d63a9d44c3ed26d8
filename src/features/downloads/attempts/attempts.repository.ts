import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { DownloadRequest } from '../requests/download-request.entity.js';
import { FINAL } from '../requests/request-state.js';
import { DownloadAttempt } from './download-attempt.entity.js';

type Started = Pick<
  DownloadAttempt,
  | 'id'
  | 'requestId'
  | 'provider'
  | 'egress'
  | 'platform'
  | 'durationBucket'
  | 'ruleId'
  | 'reason'
  | 'startedAt'
  | 'costUsd'
>;

type Ended = Pick<DownloadAttempt, 'outcome' | 'endedAt'> &
  Partial<
    Pick<
      DownloadAttempt,
      | 'egress'
      | 'tries'
      | 'redirectChain'
      | 'errorClass'
      | 'errorCode'
      | 'message'
      | 'downloadHost'
      | 'ttfbMs'
      | 'downloadTimeMs'
      | 'fileSizeBytes'
      | 'downloadSpeedBytesPerSec'
      | 'costUsd'
      | 'quota'
    >
  >;

@Injectable()
export class AttemptsRepository {
  constructor(private readonly database: Database) {}

  async start(attempt: Started): Promise<void> {
    await this.attempts.insert({ ...attempt, tries: [], redirectChain: [] });
  }

  async end(id: string, ended: Ended): Promise<void> {
    await this.attempts.update({ id }, { ...ended, rest: null });
  }

  /** One that is only worth writing down because it went wrong. */
  async add(attempt: Started & Ended): Promise<void> {
    await this.attempts.insert({ tries: [], redirectChain: [], ...attempt });
  }

  /** It goes on later, maybe in another process. */
  async rest(
    id: string,
    rest: DownloadAttempt['rest'],
    { tries, quota }: Pick<DownloadAttempt, 'tries' | 'quota'>,
  ): Promise<void> {
    await this.database.query(
      'UPDATE download_attempts SET rest = $2, tries = $3, quota = $4 WHERE id = $1 AND outcome IS NULL',
      [id, JSON.stringify(rest), JSON.stringify(tries), quota && JSON.stringify(quota)],
    );
  }

  /** The provider has passed the link over: that is no attempt. */
  async discard(id: string): Promise<void> {
    await this.attempts.delete({ id });
  }

  /** Attempts that a lost worker left open. Those that rest go on. */
  async closeOpen(requestId: string, at: Date): Promise<void> {
    await this.attempts.update(
      { requestId, outcome: IsNull(), rest: IsNull() },
      { outcome: 'cancelled', endedAt: at, message: 'The process was stopped' },
    );
  }

  async wasTried(requestId: string): Promise<boolean> {
    return this.attempts.existsBy({ requestId });
  }

  /** The same for requests that nobody takes up any more. */
  async closeOpenOfEnded(at: Date): Promise<void> {
    await this.database.query(
      `UPDATE download_attempts SET outcome = 'cancelled', ended_at = $1, message = 'The process was stopped'
       WHERE id IN (SELECT attempt.id FROM download_attempts attempt JOIN download_requests request
                    ON request.id = attempt.request_id
                    WHERE attempt.outcome IS NULL AND attempt.rest IS NULL AND request.state = ANY($2) LIMIT 50)`,
      [at, FINAL],
    );
  }

  async findResting(requestId: string): Promise<DownloadAttempt | null> {
    return this.attempts
      .createQueryBuilder('attempt')
      .where('attempt.requestId = :requestId AND attempt.outcome IS NULL AND attempt.rest IS NOT NULL', { requestId })
      .orderBy('attempt.startedAt', 'DESC')
      .getOne();
  }

  /** What has failed since the work on the request began. */
  async findFailed(requestId: string, since: Date): Promise<DownloadAttempt[]> {
    return this.attempts
      .createQueryBuilder('attempt')
      .where(`attempt.requestId = :requestId AND attempt.outcome = 'failed'`, { requestId })
      .andWhere('attempt.startedAt >= :since', { since })
      .orderBy('attempt.startedAt')
      .getMany();
  }

  /** Those that rest for a request that is over. */
  async findAbandoned(): Promise<DownloadAttempt[]> {
    return this.attempts
      .createQueryBuilder('attempt')
      .innerJoin(DownloadRequest, 'request', 'request.id = attempt.requestId')
      .where('attempt.outcome IS NULL AND attempt.rest IS NOT NULL AND request.state IN (:...final)', { final: FINAL })
      .limit(50)
      .getMany();
  }

  private get attempts() {
    return this.database.repository(DownloadAttempt);
  }
}
