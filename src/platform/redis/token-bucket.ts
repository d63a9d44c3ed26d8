import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Redis } from './redis.js';
import { script } from './script.js';

export interface Bucket {
  /** What is limited, e.g. `api:42`. */
  key: string;
  /** Tokens that come back each second. */
  perSecond: number;
  /** Tokens that a bucket holds at most. */
  burst: number;
}

/**
 * Takes one token from every bucket or from none. Answers 0, or the milliseconds after which all of them will have one.
 */
const TAKE = script<number>(`
local now = tonumber(ARGV[1])
local wait, levels = 0, {}
for i, key in ipairs(KEYS) do
  local rate, burst = tonumber(ARGV[i * 2]) / 1000, tonumber(ARGV[i * 2 + 1])
  local level, at = unpack(redis.call('HMGET', key, 'level', 'at'))
  level = math.min(burst, (tonumber(level) or burst) + math.max(0, now - (tonumber(at) or now)) * rate)
  levels[i] = level
  if level < 1 then wait = math.max(wait, math.ceil((1 - level) / rate)) end
end
if wait > 0 then return wait end
for i, key in ipairs(KEYS) do
  local rate, burst = tonumber(ARGV[i * 2]) / 1000, tonumber(ARGV[i * 2 + 1])
  redis.call('HSET', key, 'level', levels[i] - 1, 'at', now)
  redis.call('PEXPIRE', key, math.ceil(burst / rate) + 1000)
end
return 0
`);

/** Token buckets shared by all processes: rate limits of people, of the API, of what Telegram lets through. */
@Injectable()
export class TokenBuckets {
  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
  ) {}

  /** Takes a token of each bucket. @returns 0 when taken; else how many milliseconds to wait, and nothing was taken. */
  async take(...buckets: Bucket[]): Promise<number> {
    const limits = buckets.flatMap(({ perSecond, burst }) => [perSecond, burst]);
    const keys = buckets.map(({ key }) => this.redis.key('bucket', key));
    return this.redis.run(TAKE, keys, [this.clock.now().getTime(), ...limits]);
  }
}
