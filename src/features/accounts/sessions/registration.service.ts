import { Inject, Injectable } from '@nestjs/common';
import type { Account } from '../../../platform/auth/principal.js';
import { Database } from '../../../platform/database/database.js';
import { accountsConfig, type AccountsConfig } from '../accounts.config.js';
import { emailTaken, registrationClosed } from '../accounts.errors.js';
import { NewAccounts } from '../users/new-accounts.js';
import { Passwords } from '../users/passwords.js';
import { Attempts } from './attempts.js';
import type { SignedIn, SigningIn } from './credentials.js';
import { Sessions } from './sessions.js';

@Injectable()
export class RegistrationService {
  constructor(
    private readonly database: Database,
    private readonly accounts: NewAccounts,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly sessions: Sessions,
    @Inject(accountsConfig.key) private readonly config: AccountsConfig,
  ) {}

  /** @throws DomainError `auth.registration_closed`, `auth.too_many_attempts`, `auth.email_taken`. */
  async register({ email, password, address, ...session }: SigningIn): Promise<SignedIn> {
    if (this.config.registration === 'closed') throw registrationClosed();
    await this.attempts.register(address);
    const passwordHash = await this.passwords.hash(password);
    return this.database.transaction(async () => {
      const id = await this.accounts.create({ email, passwordHash, name: '', role: 'user' });
      if (id === undefined) throw emailTaken();
      const user: Account = { id, email, role: 'user' };
      return { user, ...(await this.sessions.open(user, session)) };
    });
  }
}
