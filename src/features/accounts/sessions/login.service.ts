import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { invalidCredentials } from '../accounts.errors.js';
import { Passwords } from '../users/passwords.js';
import { UsersRepository } from '../users/users.repository.js';
import { Attempts } from './attempts.js';
import type { SignedIn, SigningIn } from './credentials.js';
import { Sessions } from './sessions.js';

@Injectable()
export class LoginService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly sessions: Sessions,
  ) {}

  /** @throws DomainError `auth.invalid_credentials`, `auth.too_many_attempts`. */
  async login({ email, password, address, ...session }: SigningIn): Promise<SignedIn> {
    const user = await this.users.findByEmail(email);
    // By the e-mail as it is kept: PostgreSQL finds it by spellings that differ for us, such as with a dotted İ.
    await this.attempts.signIn(user?.email ?? email, address);
    const fits = await this.passwords.fits(password, user?.passwordHash);
    if (!user?.isActive || !fits) throw invalidCredentials();
    return this.database.transaction(async () => {
      // A password that is changed meanwhile ends all sessions: this one must be among them, or not begin.
      if (!(await this.users.hold(user))) throw invalidCredentials();
      return { user, ...(await this.sessions.open(user, session)) };
    });
  }
}
