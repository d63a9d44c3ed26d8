import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { DownloadAttempt } from './download-attempt.entity.js';

type Started = Pick<
  DownloadAttempt,
  'requestId' | 'provider' | 'egress' | 'platform' | 'durationBucket' | 'ruleId' | 'reason' | 'startedAt'
>;
type Ended = Pick<DownloadAttempt, 'outcome' | 'endedAt' | 'tries' | 'redirectChain'> &
  Partial<
    Pick<
      DownloadAttempt,
      | 'errorClass'
      | 'errorCode'
      | 'message'
      | 'downloadHost'
      | 'ttfbMs'
      | 'downloadTimeMs'
      | 'fileSizeBytes'
      | 'downloadSpeedBytesPerSec'
    >
  >;

@Injectable()
export class AttemptsRepository {
  constructor(private readonly database: Database) {}

  async start(attempt: Started): Promise<string> {
    const { identifiers } = await this.attempts.insert({ ...attempt, tries: [], redirectChain: [] });
    return (identifiers[0] as { id: string }).id;
  }

  async end(id: string, ended: Ended): Promise<void> {
    await this.attempts.update({ id }, ended);
  }

  /** The provider has passed the link over: that is no attempt. */
  async discard(id: string): Promise<void> {
    await this.attempts.delete({ id });
  }

  /** Attempts that a lost worker left open. */
  async closeOpen(requestId: string, at: Date): Promise<void> {
    await this.attempts.update(
      { requestId, outcome: IsNull() },
      { outcome: 'cancelled', endedAt: at, message: 'The process was stopped' },
    );
  }

  private get attempts() {
    return this.database.repository(DownloadAttempt);
  }
}
