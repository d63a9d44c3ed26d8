import { script } from '../../../../../platform/redis/script.js';
import { onGate } from './prelude.js';

/**
 * Keeps a grant's slot and probes until `leaseUntil`; what a flushed Redis has forgotten of them is put back. With a
 * `limit` a slot that was lost is taken again only if one is free. What was given back
 * already is not taken again. Answers 1 when the slot is the owner's.
 */
export const KEEP = script<number | null>(
  onGate(`
if is_ended() then return 0 end
local lease = tonumber(redis.call('ZSCORE', q.slot, q.owner))
if q.limit and (not lease or lease <= now) then
  redis.call('ZREMRANGEBYSCORE', q.slot, '-inf', now)
  if redis.call('ZCARD', q.slot) >= q.limit then return 0 end
end
redis.call('ZADD', q.slot, q.leaseUntil, q.owner)
for _, circuit in ipairs(q.probes) do
  if is_probe(circuit, q.owner) or state_of(circuit) == 'half_open' then let_probe(circuit, q.owner, q.leaseUntil) end
end
return 1
`),
);
