import { script } from '../redis/script.js';

/** KEYS: the slot. ARGV: now, the end of the lease, the holder, the limit. Answers 1 when the holder has got a slot. */
export const TAKE = script<number>(`
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
return 1
`);
