import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { TokenBuckets, type Bucket } from '../redis/token-bucket.js';

const COMPLAIN_EVERY_MS = 60_000;
const PATIENCE_MS = 1_000;

/** A bucket that lets `count` through at once and then as many a minute. */
export function perMinute(key: string, count: number): Bucket {
  return { key, perSecond: count / 60, burst: Math.max(1, count) };
}

/** Limits callers across all processes. While Redis is away nobody is limited: serving matters more than counting. */
@Injectable()
export class RateLimiter {
  private readonly logger = new Logger(RateLimiter.name);
  private complainedAt = -Infinity;

  constructor(
    private readonly buckets: TokenBuckets,
    private readonly clock: Clock,
  ) {}

  /** Takes one token of every bucket. @returns 0, or the seconds after which the caller may try again. */
  async waitSec(...buckets: Bucket[]): Promise<number> {
    const answered = new AbortController();
    try {
      const waitMs = await Promise.race([this.buckets.take(...buckets), this.silence(answered.signal)]);
      return Math.ceil(waitMs / 1000);
    } catch (error) {
      this.complain(error);
      return 0;
    } finally {
      answered.abort();
    }
  }

  /** A Redis that is there and says nothing is as good as away. */
  private async silence(answered: AbortSignal): Promise<never> {
    await this.clock.delay(PATIENCE_MS, answered);
    throw new Error(`No answer in ${PATIENCE_MS} ms`);
  }

  private complain(error: unknown): void {
    const now = this.clock.now().getTime();
    if (now - this.complainedAt < COMPLAIN_EVERY_MS) return;
    this.complainedAt = now;
    this.logger.warn({ err: error }, 'Requests are not limited: Redis does not answer');
  }
}
