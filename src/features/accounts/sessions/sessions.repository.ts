import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Account } from '../../../platform/auth/principal.js';
import { RefreshToken } from './refresh-token.entity.js';
import { Session, type EndReason } from './session.entity.js';

export type LockedSession = Pick<Session, 'id' | 'userId' | 'kind' | 'endedAt' | 'endReason'>;

/**
 * Sessions and their refresh tokens. Whoever has a token of a session, or its id in a signed access token, speaks for
 * its owner: these alone are looked up without naming him.
 */
@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  insert(
    owner: string,
    session: Pick<Session, 'kind' | 'userAgent' | 'lastUsedAt' | 'expiresAt'>,
  ): Promise<Pick<Session, 'id'>> {
    return this.database.owned(Session).insert(owner, session);
  }

  async insertToken(token: Pick<RefreshToken, 'sessionId' | 'tokenHash' | 'issuedAt' | 'expiresAt'>): Promise<void> {
    await this.database.repository(RefreshToken).insert(token);
  }

  /** Everything that changes a family begins here, so that it happens one after another, deletions included. */
  async lockByToken(tokenHash: string): Promise<LockedSession | undefined> {
    const [row] = await this.database.query<LockedSession>(
      `SELECT s.id, s.user_id AS "userId", s.kind, s.ended_at AS "endedAt", s.end_reason AS "endReason"
       FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id
       WHERE t.token_hash = $1 FOR UPDATE OF s`,
      [tokenHash],
    );
    return row;
  }

  /**
   * Claims a token that has not expired: its first use is written down, later ones change nothing.
   * @returns when it was first used, this time included; undefined when it has expired
   */
  async claimToken(tokenHash: string, now: Date): Promise<Date | undefined> {
    const [claimed] = await this.database.query<{ usedAt: Date }>(
      `UPDATE refresh_tokens SET used_at = coalesce(used_at, $2)
       WHERE token_hash = $1 AND expires_at > $2 RETURNING used_at AS "usedAt"`,
      [tokenHash, now],
    );
    return claimed?.usedAt;
  }

  async prolong(owner: string, id: string, times: Pick<Session, 'lastUsedAt' | 'expiresAt'>): Promise<void> {
    await this.database.owned(Session).update(owner, { id }, times);
  }

  /** @returns the session of a token, whether or not it still lives */
  async findByToken(tokenHash: string): Promise<Pick<Session, 'id' | 'userId'> | undefined> {
    const [found] = await this.database.query<Pick<Session, 'id' | 'userId'>>(
      `SELECT s.id, s.user_id AS "userId" FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id
       WHERE t.token_hash = $1`,
      [tokenHash],
    );
    return found;
  }

  /** Ends one session, or all of its owner. Locked in one order: two of these at once must not wait for each other. */
  async end(owner: string, reason: EndReason, endedAt: Date, id: string | null = null): Promise<void> {
    await this.database.query(
      `UPDATE sessions SET ended_at = $2, end_reason = $3
       WHERE id IN (SELECT id FROM sessions WHERE user_id = $1 AND ($4::uuid IS NULL OR id = $4) AND ended_at IS NULL
                    ORDER BY id FOR UPDATE)`,
      [owner, endedAt, reason, id],
    );
  }

  /** @returns whose session it is, while it lives and its account may sign in */
  async accountOf(id: string, now: Date): Promise<Account | undefined> {
    const [account] = await this.database.query<Account>(
      `SELECT u.id, u.email, u.role FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND u.is_active`,
      [id, now],
    );
    return account;
  }
}
