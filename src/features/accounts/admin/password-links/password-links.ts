import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { processConfig, type ProcessConfig } from '../../../../platform/config/process.config.js';
import { Database } from '../../../../platform/database/database.js';
import { Every } from '../../../../platform/queue/every.js';
import { Attempts } from '../../sessions/attempts.js';
import { Sessions } from '../../sessions/sessions.js';
import { Passwords } from '../../users/passwords.js';
import { linkInvalid } from '../admin.errors.js';
import { AdminUsersRepository } from '../admin-users.repository.js';
import { PasswordLinksRepository } from './password-links.repository.js';

const VALID_MS = 24 * 3_600_000;
const TOKEN_BYTES = 32;

export interface MadeLink {
  /** Shown once: only a hash of its token is kept. */
  url: string;
  expiresAt: Date;
}

/** Links by which people set a password without knowing the one before; the operator hands them over. */
@Injectable()
export class PasswordLinks {
  constructor(
    private readonly database: Database,
    private readonly links: PasswordLinksRepository,
    private readonly users: AdminUsersRepository,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly attempts: Attempts,
    private readonly clock: Clock,
    @Inject(processConfig.key) private readonly config: ProcessConfig,
  ) {}

  /** Takes part in the ambient transaction. The link before it is good for nothing any more. */
  async make(owner: string): Promise<MadeLink> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + VALID_MS);
    await this.links.save(owner, hashOf(token), expiresAt);
    return { url: `${this.config.publicBaseUrl ?? ''}/set-password?token=${token}`, expiresAt };
  }

  /**
   * Sets the password and ends all sessions.
   * @param address of the client, by which attempts are counted
   * @throws DomainError `auth.link_invalid`, `auth.too_many_attempts`
   */
  async use(token: string, password: string, address: string): Promise<void> {
    await this.attempts.passwordLink(address);
    const tokenHash = hashOf(token);
    // Before a password is hashed for nothing, which takes its time.
    if ((await this.links.ownerOf(tokenHash, this.clock.now())) === undefined) throw linkInvalid();
    const passwordHash = await this.passwords.hash(password);
    await this.database.transaction(async () => {
      const owner = await this.links.lockOwnerOf(tokenHash, this.clock.now());
      if (owner === undefined || !(await this.links.take(owner, tokenHash))) throw linkInvalid();
      await this.users.update(owner, { passwordHash });
      await this.sessions.endAll(owner, 'password');
    });
  }

  @Every({ name: 'accounts.forget-password-links', everyMs: 3_600_000 })
  async forgetExpired(): Promise<void> {
    await this.links.deleteExpired(this.clock.now());
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
