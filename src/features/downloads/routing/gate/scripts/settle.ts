import { script } from '../../../../../platform/redis/script.js';
import type { ErrorCode } from '../../../errors/error-codes.js';
import { onGate } from './prelude.js';

/** What has changed for a circuit, in the order in which it has. */
export type CircuitChange =
  | [kind: 'opened', circuit: string, reason: ErrorCode, openUntil: number, level: number]
  | [kind: 'prolonged', circuit: string, reason: ErrorCode, openUntil: number]
  | [kind: 'closed', circuit: string];

/**
 * Gives a grant back and applies the effects of its attempt. The question: owner, slot, probes, effects, maxMs of a
 * cooldown that is doubled; and what the day of the provider has cost more or less than was set aside.
 */
export const SETTLE = script<CircuitChange[] | null>(
  onGate(`
local CLEAN_JOBS = 2
local changes = {}
if not end_grant() then return changes end

local function open(effect)
  local hash, cooldown = at('circuit', effect.circuit), effect.cooldown
  local state, open_until = state_of(effect.circuit)
  if state == 'open' then
    -- Whoever was under way when it opened proves nothing new, but may have been told of a longer time.
    local asked = cooldown.untilMs or now + cooldown.retryAfterMs
    if asked <= open_until then return end
    redis.call('HSET', hash, 'openUntil', asked, 'reason', effect.reason)
    table.insert(changes, { 'prolonged', effect.circuit, effect.reason, asked })
    return
  end
  local level = tonumber(redis.call('HGET', hash, 'level') or 0) + 1
  local till = cooldown.untilMs
  if not till then till = now + math.max(math.min(cooldown.firstMs * 2 ^ (level - 1), q.maxMs), cooldown.retryAfterMs) end
  redis.call('HSET', hash, 'openUntil', till, 'level', level, 'reason', effect.reason, 'openedBy', q.owner, 'clean', 0)
  free_probe(effect.circuit)
  redis.call('SADD', known, effect.circuit)
  table.insert(changes, { 'opened', effect.circuit, effect.reason, till, level })
end

local function count(effect)
  if state_of(effect.circuit) == 'open' then return open(effect) end
  local tally = effect.opens
  local key = at('tally', effect.circuit, tally.of)
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - tally.withinMs)
  redis.call('ZADD', key, now, tally.member)
  redis.call('PEXPIRE', key, tally.withinMs)
  if redis.call('EXISTS', at('circuit', effect.circuit)) == 1 then
    redis.call('HSET', at('circuit', effect.circuit), 'clean', 0)
  end
  if redis.call('ZCARD', key) >= tally.needed then
    redis.call('DEL', key)
    open(effect)
  end
end

local function went_well(circuit)
  local hash = at('circuit', circuit)
  if redis.call('EXISTS', hash) == 0 then return end
  if state_of(circuit) == 'closed' then
    if redis.call('HINCRBY', hash, 'clean', 1) >= CLEAN_JOBS then forget(circuit) end
  elseif is_probe(circuit, q.owner) then
    redis.call('HDEL', hash, 'openUntil', 'reason', 'openedBy', 'probe', 'probeUntil')
    table.insert(changes, { 'closed', circuit })
  end
end

redis.call('ZREM', q.slot, q.owner)
if q.money then redis.call('INCRBY', at('spent', q.money.provider, q.money.day), q.money.more) end
for _, effect in ipairs(q.effects) do
  if effect.well then went_well(effect.circuit)
  elseif effect.opens == 'at_once' then open(effect)
  elseif effect.opens == 'as_probe' then
    if is_probe(effect.circuit, q.owner) then open(effect) end
  else count(effect) end
end
for _, circuit in ipairs(q.probes) do
  if is_probe(circuit, q.owner) then free_probe(circuit) end
end
return changes
`),
);
