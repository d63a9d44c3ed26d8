import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Every } from '../../../platform/queue/every.js';
import { SessionsRepository } from './sessions.repository.js';

/** Few enough that nobody waits for their locks. */
const BATCH = 1_000;

/** Forgets sessions that nobody can go on with, ended ones too once they would have expired. */
@Injectable()
export class SessionRetention {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {}

  @Every({ name: 'accounts.forget-sessions', everyMs: 3_600_000 })
  async sweep(): Promise<void> {
    const now = this.clock.now();
    while ((await this.sessions.deleteExpired(now, BATCH)) === BATCH);
    while ((await this.sessions.deleteExpiredTokens(now, BATCH)) === BATCH);
  }
}
