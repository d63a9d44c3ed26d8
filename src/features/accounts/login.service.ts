import { Injectable } from '@nestjs/common';
import { AccessTokens, type AccessToken } from '../../platform/auth/access-tokens.js';
import { perMinute, RateLimiter } from '../../platform/auth/rate-limiter.js';
import { invalidCredentials, tooManyAttempts } from './accounts.errors.js';
import { Passwords } from './passwords.js';
import type { User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

const PER_ACCOUNT = 10;
const PER_ADDRESS = 30;

export interface Credentials {
  email: string;
  password: string;
}

export interface SignedIn {
  user: User;
  accessToken: AccessToken;
}

@Injectable()
export class LoginService {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly tokens: AccessTokens,
    private readonly limiter: RateLimiter,
  ) {}

  /**
   * @param address of the client, by which attempts are counted besides the account.
   * @throws DomainError `auth.invalid_credentials`, `auth.too_many_attempts`.
   */
  async login({ email, password }: Credentials, address: string): Promise<SignedIn> {
    const retryAfterSec = await this.limiter.waitSec(
      perMinute(`login:${email.toLowerCase()}`, PER_ACCOUNT),
      perMinute(`login:${address}`, PER_ADDRESS),
    );
    if (retryAfterSec > 0) throw tooManyAttempts(retryAfterSec);
    const user = await this.users.findByEmail(email);
    const fits = await this.passwords.fits(password, user?.passwordHash);
    if (!user?.isActive || !fits) throw invalidCredentials();
    return { user, accessToken: await this.tokens.issue(user) };
  }
}
