import { Injectable } from '@nestjs/common';
import { isRedisAway } from '../../../platform/redis/is-redis-away.js';
import { Redis } from '../../../platform/redis/redis.js';
import { script } from '../../../platform/redis/script.js';

/** KIE takes 10 queries a second of a key. */
const PER_SEC = 8;
/** Who comes later than this for his turn takes another. */
const KEPT_MS = 60_000;

/**
 * KEYS: when the next free turn is, the times of the last queries, the turn of this caller.
 * Nobody overtakes those who wait, and whatever was promised, no second has more queries than it may.
 */
const TAKE = script<number>(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local per_sec, kept = tonumber(ARGV[1]), tonumber(ARGV[2])
local gap = 1000 / per_sec
local mine = tonumber(redis.call('GET', KEYS[3]))
local turn = mine
if not turn then
  turn = math.max(now, tonumber(redis.call('GET', KEYS[1])) or 0)
  redis.call('SET', KEYS[1], turn + gap, 'PX', math.ceil(turn + gap - now) + kept)
end
if #redis.call('LRANGE', KEYS[2], 0, -1) >= per_sec then
  turn = math.max(turn, tonumber(redis.call('LINDEX', KEYS[2], 0)) + 1000)
end
local wait = math.ceil(turn - now)
if wait > 0 then
  redis.call('SET', KEYS[3], turn, 'PX', wait + kept)
  return wait
end
redis.call('DEL', KEYS[3])
redis.call('RPUSH', KEYS[2], now)
redis.call('LTRIM', KEYS[2], -per_sec, -1)
redis.call('PEXPIRE', KEYS[2], 1000)
return 0
`);

/** Turns to query KIE, of all processes together, one row of them for each key. */
@Injectable()
export class QueryTurns {
  constructor(private readonly redis: Redis) {}

  /** @returns milliseconds until the turn of the caller; 0: it is his, and used. Without Redis everybody has his turn */
  async take(keyId: string, who: string): Promise<number> {
    const keys = [
      this.redis.key('kie', keyId, 'next'),
      this.redis.key('kie', keyId, 'queries'),
      this.redis.key('kie', keyId, 'turn', who),
    ];
    try {
      return await this.redis.run(TAKE, keys, [PER_SEC, KEPT_MS]);
    } catch (error) {
      if (isRedisAway(error)) return 0;
      throw error;
    }
  }
}
