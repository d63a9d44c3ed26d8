import { Injectable } from '@nestjs/common';
import { isRedisAway } from '../../../platform/redis/is-redis-away.js';
import { Redis } from '../../../platform/redis/redis.js';
import { script } from '../../../platform/redis/script.js';

/** KIE takes 10 queries a second of a key. */
const PER_SEC = 8;
/** Who comes later than this for his turn takes another. */
const KEPT_MS = 60_000;
/** KIE may have counted a query at any moment until its answer: so long before and this long after it, it counts here. */
const WINDOW_MS = 1_000;
/** A query whose process has died is over by then. */
const UNANSWERED_MS = 20_000;
/** Who has no idea when a query in front of him will be answered asks again after this. */
const ASK_AGAIN_MS = 100;

/**
 * KEYS: when the next free turn is, until when each query counts, the turn of this caller.
 * Nobody overtakes those who wait, and whatever was promised, no second has more queries than it may.
 */
const TAKE = script<number>(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local per_sec, kept, who = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local unanswered, ask_again = tonumber(ARGV[4]), tonumber(ARGV[5])
local gap = 1000 / per_sec
local mine = tonumber(redis.call('GET', KEYS[3]))
local turn = mine
if not turn then
  turn = math.max(now, tonumber(redis.call('GET', KEYS[1])) or 0)
  redis.call('SET', KEYS[1], turn + gap, 'PX', math.ceil(turn + gap - now) + kept)
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if redis.call('ZCARD', KEYS[2]) >= per_sec then
  local first = tonumber(redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2])
  turn = math.max(turn, math.min(first, now + ask_again))
end
local wait = math.ceil(turn - now)
if wait > 0 then
  redis.call('SET', KEYS[3], turn, 'PX', wait + kept)
  return wait
end
redis.call('DEL', KEYS[3])
redis.call('ZADD', KEYS[2], now + unanswered, who)
redis.call('PEXPIRE', KEYS[2], unanswered)
return 0
`);

/** KEYS: until when each query counts. */
const OVER = script<number>(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZADD', KEYS[1], 'XX', now + tonumber(ARGV[2]), ARGV[1])
`);

/** Turns to query KIE, of all processes together, one row of them for each key. */
@Injectable()
export class QueryTurns {
  constructor(private readonly redis: Redis) {}

  /** @returns milliseconds until the turn of the caller; 0: it is his, and used. Without Redis everybody has his turn */
  async take(keyId: string, who: string): Promise<number> {
    const keys = [this.redis.key('kie', keyId, 'next'), this.queries(keyId), this.redis.key('kie', keyId, 'turn', who)];
    return unlessAway(this.redis.run(TAKE, keys, [PER_SEC, KEPT_MS, who, UNANSWERED_MS, ASK_AGAIN_MS]));
  }

  /** The query that the turn was for is answered, or was given up. */
  async over(keyId: string, who: string): Promise<void> {
    await unlessAway(this.redis.run(OVER, [this.queries(keyId)], [who, WINDOW_MS]));
  }

  private queries(keyId: string): string {
    return this.redis.key('kie', keyId, 'queries');
  }
}

async function unlessAway(answer: Promise<number>): Promise<number> {
  try {
    return await answer;
  } catch (error) {
    if (isRedisAway(error)) return 0;
    throw error;
  }
}
