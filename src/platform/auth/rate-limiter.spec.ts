import { Logger } from '@nestjs/common';
import { ManualClock } from '../clock/testing/manual-clock.js';
import type { TokenBuckets } from '../redis/token-bucket.js';
import { perMinute, RateLimiter } from './rate-limiter.js';

const bucket = perMinute('api:ada', 300);
const limiterOver = (take: TokenBuckets['take'], clock = new ManualClock()) =>
  new RateLimiter({ take } as TokenBuckets, clock);

describe('RateLimiter', () => {
  afterEach(() => vi.restoreAllMocks());

  it('lets a minute’s worth through at once and refills evenly', () => {
    expect(bucket).toEqual({ key: 'api:ada', perSecond: 5, burst: 300 });
    expect(perMinute('x', 0.5).burst).toBe(1);
  });

  it('answers whole seconds, never 0 for somebody who has to wait', async () => {
    expect(await limiterOver(() => Promise.resolve(0)).waitSec(bucket)).toBe(0);
    expect(await limiterOver(() => Promise.resolve(1)).waitSec(bucket)).toBe(1);
    expect(await limiterOver(() => Promise.resolve(2001)).waitSec(bucket)).toBe(3);
  });

  it('lets everybody through while Redis is away, and says so once a minute', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    const clock = new ManualClock();
    const limiter = limiterOver(() => Promise.reject(new Error('The client is closed')), clock);
    expect(await limiter.waitSec(bucket)).toBe(0);
    expect(await limiter.waitSec(bucket)).toBe(0);
    expect(warn).toHaveBeenCalledTimes(1);
    clock.advance(60_000);
    await limiter.waitSec(bucket);
    expect(warn).toHaveBeenCalledTimes(2);
  });

  it('does not wait for a Redis that says nothing', async () => {
    vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    const clock = new ManualClock();
    const waited = limiterOver(() => new Promise(() => undefined), clock).waitSec(bucket);
    clock.advance(1_000);
    expect(await waited).toBe(0);
  });
});
