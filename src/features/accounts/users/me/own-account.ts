import { Injectable } from '@nestjs/common';
import { unauthenticated } from '../../../../platform/auth/auth.errors.js';
import { Database } from '../../../../platform/database/database.js';
import { invalidCredentials } from '../../accounts.errors.js';
import { PasswordLink } from '../../admin/password-links/password-link.entity.js';
import type { QuotaUse } from '../../limits/limits.js';
import { Quotas } from '../../limits/quotas.js';
import { Attempts } from '../../sessions/attempts.js';
import { Sessions } from '../../sessions/sessions.js';
import { Passwords } from '../passwords.js';
import type { User } from '../user.entity.js';
import { UsersRepository, type ProfileChanges } from '../users.repository.js';
import { AccountRemovals } from './account-removals.js';

export interface Profile {
  user: User;
  usage: QuotaUse;
}

/** What everybody may do with his own account. Where it asks for the password, attempts are counted. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly quotas: Quotas,
    private readonly attempts: Attempts,
    private readonly sessions: Sessions,
    private readonly removals: AccountRemovals,
  ) {}

  async profile(owner: string): Promise<Profile> {
    const user = await this.userOf(owner);
    return { user, usage: await this.quotas.usage(owner) };
  }

  async change(owner: string, changes: ProfileChanges): Promise<Profile> {
    await this.users.change(owner, changes);
    return this.profile(owner);
  }

  /**
   * Ends all sessions; a link to set a password is good for nothing any more.
   * @throws DomainError `auth.invalid_credentials`, `auth.too_many_attempts`.
   */
  async changePassword(owner: string, current: string, next: string): Promise<void> {
    const user = await this.checked(owner, current);
    const passwordHash = await this.passwords.hash(next);
    await this.database.transaction(async () => {
      if (!(await this.users.changePassword(user, passwordHash))) throw invalidCredentials();
      await this.sessions.endAll(owner, 'password');
      // Somebody else may have found one.
      await this.database.owned(PasswordLink).delete(owner, {});
    });
  }

  /** @throws DomainError `auth.invalid_credentials`, `auth.too_many_attempts`, `accounts.last_admin`. */
  async remove(owner: string, password: string): Promise<void> {
    await this.removals.remove(await this.checked(owner, password));
  }

  private async checked(owner: string, password: string): Promise<User> {
    const user = await this.userOf(owner);
    await this.attempts.password(owner);
    if (!(await this.passwords.fits(password, user.passwordHash))) throw invalidCredentials();
    return user;
  }

  /** @throws DomainError `auth.unauthenticated` when the account went while it was asked for */
  private async userOf(owner: string): Promise<User> {
    const user = await this.users.findById(owner);
    if (!user) throw unauthenticated();
    return user;
  }
}
