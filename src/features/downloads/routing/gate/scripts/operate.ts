import { script } from '../../../../../platform/redis/script.js';
import type { ErrorCode } from '../../../errors/error-codes.js';
import { onGate } from './prelude.js';

export type ListedCircuit = [key: string, openUntil: number, level: number, reason: ErrorCode];

/** All circuits that are not closed. */
export const LIST = script<ListedCircuit[] | null>(
  onGate(`
local circuits = {}
for _, circuit in ipairs(redis.call('SMEMBERS', known)) do
  local open_until, level, reason = unpack(redis.call('HMGET', at('circuit', circuit), 'openUntil', 'level', 'reason'))
  if open_until then table.insert(circuits, { circuit, tonumber(open_until), tonumber(level), reason }) end
end
return circuits
`),
);

/** Closes a circuit, or all of a provider, and forgets their levels. Answers the keys of those that were not closed. */
export const CLOSE = script<string[] | null>(
  onGate(`
local closed = {}
local function is_meant(circuit)
  if q.circuit then return circuit == q.circuit end
  local whole = 'p:' .. q.provider
  return circuit == whole or string.sub(circuit, 1, #whole + 1) == whole .. ':'
end
for _, circuit in ipairs(redis.call('SMEMBERS', known)) do
  if is_meant(circuit) then
    if state_of(circuit) ~= 'closed' then table.insert(closed, circuit) end
    forget(circuit)
  end
end
return closed
`),
);

/** Keeps a circuit open for `ms` longer than it would be. Answers until when, or 0 when it is closed. */
export const EXTEND = script<number | null>(
  onGate(`
local state, open_until = state_of(q.circuit)
if state == 'closed' then return 0 end
if open_until == q.untilClosed then return open_until end
local till = math.max(open_until, now) + q.ms
redis.call('HSET', at('circuit', q.circuit), 'openUntil', till)
free_probe(q.circuit)
return till
`),
);
