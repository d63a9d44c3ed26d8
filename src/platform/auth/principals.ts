import { Injectable, Optional } from '@nestjs/common';
import { principalFrom, type Claims } from './claims.js';
import { LiveSessions } from './live-sessions.js';
import type { Principal } from './principal.js';

/** Who stands behind the claims of a token whose signature and time are right. */
@Injectable()
export class Principals {
  constructor(@Optional() private readonly sessions?: LiveSessions) {}

  async of(claims: Claims): Promise<Principal | undefined> {
    const said = principalFrom(claims);
    if (!said || !this.sessions) return said;
    const account = said.sessionId === undefined ? undefined : await this.sessions.accountOf(said.sessionId);
    return account?.id === said.id ? { ...said, ...account } : undefined;
  }
}
