import { script } from '../../../../../platform/redis/script.js';

/** A circuit that is not closed. */
export interface RestoredCircuit {
  key: string;
  openUntil: number;
  level: number;
  reason: string;
  openedBy: string;
}

/** Puts the state back that was read elsewhere, unless somebody was quicker. `KEYS` and `ARGV` as of the other scripts. */
export const RESTORE = script<number>(`
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local q = cjson.decode(ARGV[1])
for _, c in ipairs(q.circuits) do
  local hash = q.prefix .. 'circuit:' .. c.key
  redis.call('DEL', hash)
  redis.call('HSET', hash, 'openUntil', c.openUntil, 'level', c.level, 'reason', c.reason, 'openedBy', c.openedBy)
  redis.call('SADD', q.prefix .. 'circuits', c.key)
end
for _, spent in ipairs(q.spent) do
  redis.call('SET', q.prefix .. 'spent:' .. spent.provider .. ':' .. q.day, spent.microUsd, 'PX', q.spentTtl)
end
redis.call('SET', KEYS[1], 1)
return 1
`);
