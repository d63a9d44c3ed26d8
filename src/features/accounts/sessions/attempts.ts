import { Injectable } from '@nestjs/common';
import { perMinute, RateLimiter } from '../../../platform/auth/rate-limiter.js';
import type { Bucket } from '../../../platform/redis/token-bucket.js';
import { tooManyAttempts } from '../accounts.errors.js';

const PER_ACCOUNT = 10;
const PER_ADDRESS = 30;

/** Counts who tries passwords and makes accounts. All of it throws DomainError `auth.too_many_attempts`. */
@Injectable()
export class Attempts {
  constructor(private readonly limiter: RateLimiter) {}

  signIn(email: string, address: string): Promise<void> {
    const ofAccount = perMinute(`login:${email.toLowerCase()}`, PER_ACCOUNT);
    return this.take(ofAccount, perMinute(`login:${address}`, PER_ADDRESS));
  }

  /**
   * Of somebody who is signed in, and is asked for his password all the same. Not counted with those who sign in: they
   * may be strangers, who must not keep him from changing it.
   */
  password(userId: string): Promise<void> {
    return this.take(perMinute(`password:${userId}`, PER_ACCOUNT));
  }

  passwordLink(address: string): Promise<void> {
    return this.take(perMinute(`password-link:${address}`, PER_ADDRESS));
  }

  register(address: string): Promise<void> {
    return this.take(perMinute(`register:${address}`, PER_ADDRESS));
  }

  private async take(...buckets: Bucket[]): Promise<void> {
    const retryAfterSec = await this.limiter.waitSec(...buckets);
    if (retryAfterSec > 0) throw tooManyAttempts(retryAfterSec);
  }
}
