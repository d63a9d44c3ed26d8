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
    return this.take(ofAccount(email), perMinute(`login:${address}`, PER_ADDRESS));
  }

  /** Of somebody who is signed in, and is asked for his password all the same. */
  password(email: string): Promise<void> {
    return this.take(ofAccount(email));
  }

  register(address: string): Promise<void> {
    return this.take(perMinute(`register:${address}`, PER_ADDRESS));
  }

  private async take(...buckets: Bucket[]): Promise<void> {
    const retryAfterSec = await this.limiter.waitSec(...buckets);
    if (retryAfterSec > 0) throw tooManyAttempts(retryAfterSec);
  }
}

function ofAccount(email: string): Bucket {
  return perMinute(`login:${email.toLowerCase()}`, PER_ACCOUNT);
}
