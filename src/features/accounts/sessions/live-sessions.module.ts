import { Global, Injectable, Module } from '@nestjs/common';
import { LiveSessions } from '../../../platform/auth/live-sessions.js';
import type { Account } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock/clock.js';
import { SessionsRepository } from './sessions.repository.js';

@Injectable()
class StoredSessions extends LiveSessions {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  accountOf(sessionId: string): Promise<Account | undefined> {
    return this.sessions.accountOf(sessionId, this.clock.now());
  }
}

/** Global, so that the gate of the API asks the sessions of accounts. */
@Global()
@Module({
  providers: [SessionsRepository, { provide: LiveSessions, useClass: StoredSessions }],
  exports: [LiveSessions, SessionsRepository],
})
export class LiveSessionsModule {}
