import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccessTokens, type AccessToken } from '../../../platform/auth/access-tokens.js';
import type { Account } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { accountsConfig, type AccountsConfig } from '../accounts.config.js';
import { UsersRepository } from '../users/users.repository.js';
import { hashOf, makeRefreshToken } from './refresh-token.js';
import type { EndReason, Session, SessionKind } from './session.entity.js';
import { SessionsRepository, type LockedSession } from './sessions.repository.js';

const DAY_MS = 86_400_000;
/** How long a used token still gets an answer: its second tab, or the repetition of a call whose answer was lost. */
const GRACE_MS = 30_000;
const LONGEST_USER_AGENT = 255;

export interface NewSession {
  kind: SessionKind;
  userAgent?: string;
}

export interface IssuedTokens {
  accessToken: AccessToken;
  refreshToken: string;
  refreshTtlMs: number;
  /** Of the session: how its refresh token travels. */
  kind: SessionKind;
}

/** What becomes of a refresh token that is shown. `reused`: an old one; its whole family has ended with it. */
export type Refreshed = IssuedTokens | 'invalid' | 'reused';

/**
 * A session is the family of refresh tokens that goes back to one signing in. Each is exchanged for a successor; an old
 * one that comes later than the grace was stolen, or the successor was, so nobody may go on.
 */
@Injectable()
export class Sessions {
  private readonly logger = new Logger(Sessions.name);

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly users: UsersRepository,
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
    @Inject(accountsConfig.key) private readonly config: AccountsConfig,
  ) {}

  /** Takes part in the ambient transaction. */
  async open(account: Account, { kind, userAgent }: NewSession): Promise<IssuedTokens> {
    const now = this.clock.now();
    const { id } = await this.sessions.insert(account.id, {
      kind,
      userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null,
      lastUsedAt: now,
      expiresAt: this.expiryAt(now),
    });
    return this.issue(account, { id, kind }, now);
  }

  /** @param kind how the token came: one that lives in a cookie is not taken from a body, nor the other way round */
  refresh(token: string, kind: SessionKind): Promise<Refreshed> {
    return this.database.transaction(async () => {
      const tokenHash = hashOf(token);
      const session = await this.sessions.lockByToken(tokenHash);
      // Only now: others of the family may have kept us waiting.
      const now = this.clock.now();
      if (session?.kind !== kind) return 'invalid';
      if (session.endedAt !== null) return session.endReason === 'reused' ? 'reused' : 'invalid';
      const usedAt = await this.sessions.claimToken(tokenHash, now);
      if (!usedAt) return 'invalid';
      if (now.getTime() - usedAt.getTime() > GRACE_MS) return this.endReused(session, now);
      const account = await this.users.findById(session.userId);
      if (!account?.isActive) return 'invalid';
      await this.sessions.prolong(account.id, session.id, { lastUsedAt: now, expiresAt: this.expiryAt(now) });
      return this.issue(account, session, now);
    });
  }

  /** Ends the session of a token, be it used or new. One that nobody knows is no error. */
  async end(token: string): Promise<void> {
    const session = await this.sessions.findByToken(hashOf(token));
    if (session) await this.sessions.end(session.userId, 'logout', this.clock.now(), session.id);
  }

  /** Ends all sessions of an account; takes part in the ambient transaction. */
  async endAll(owner: string, reason: EndReason): Promise<void> {
    await this.sessions.end(owner, reason, this.clock.now());
  }

  private async endReused({ id, userId }: LockedSession, now: Date): Promise<'reused'> {
    await this.sessions.end(userId, 'reused', now, id);
    this.logger.warn({ userId, sessionId: id }, 'An old refresh token was used: its session has ended');
    return 'reused';
  }

  private async issue(account: Account, { id, kind }: Pick<Session, 'id' | 'kind'>, now: Date): Promise<IssuedTokens> {
    const refreshToken = makeRefreshToken();
    const expiresAt = this.expiryAt(now);
    await this.sessions.insertToken({ sessionId: id, tokenHash: hashOf(refreshToken), issuedAt: now, expiresAt });
    const accessToken = await this.accessTokens.issue(account, id);
    return { accessToken, refreshToken, refreshTtlMs: this.ttlMs, kind };
  }

  private expiryAt(now: Date): Date {
    return new Date(now.getTime() + this.ttlMs);
  }

  private get ttlMs(): number {
    return this.config.refreshTokenTtlDays * DAY_MS;
  }
}
