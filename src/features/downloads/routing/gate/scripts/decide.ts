import { script } from '../../../../../platform/redis/script.js';
import type { Denial } from '../gate-question.js';
import { onGate } from './prelude.js';

/** What a script is told of a candidate. */
export interface AskedCandidate {
  provider: string;
  /** Its own circuits: all of them must let it through. */
  circuits: string[];
  /** Its ways out, each with its circuits: one way must let it through. */
  egresses: { name: string; circuits: string[] }[];
  slot: string;
  limit: number;
  rate?: number;
  cost: number;
  budget?: number;
}

/** `until` is 0 where it is not known; `detail` is the circuit, or the money spent, or empty. */
export type SaidVerdict = [reason: 'ok' | Denial, until: number, detail: string];

export type DecideAnswer = [
  /** One for each candidate. */
  verdicts: SaidVerdict[],
  taken: [] | [index: number, egresses: string[], probes: string[]],
];

/**
 * The one decision, for looking and for taking. The question: candidates, day, dayEnds; and to take, owner, leaseUntil,
 * and spentTtl, for how long the day's counter of money is kept.
 */
export const DECIDE = script<DecideAnswer | null>(
  onGate(`
local MINUTE = 60000
local ALIVE = '(' .. now

-- The graver of two denials that both hold.
local function graver(one, other)
  if not one or not other then return one or other end
  if one[1] ~= other[1] then return one[1] == 'circuit_open' and one or other end
  return one[2] >= other[2] and one or other
end

-- The lesser of two denials, where either way would do.
local function lesser(one, other)
  if not one or not other then return one or other end
  return graver(one, other) == one and other or one
end

-- Why these circuits do not let one through, or nil. Those that want a probe are added to probes.
local function denied(circuits, probes)
  local denial
  for _, circuit in ipairs(circuits) do
    local state, open_until = state_of(circuit)
    if state == 'open' then denial = graver(denial, { 'circuit_open', open_until, circuit })
    elseif state == 'probed' then denial = graver(denial, { 'probe_running', 0, circuit })
    elseif state == 'half_open' then table.insert(probes, circuit) end
  end
  return denial
end

-- The ways out that are open, one that wants a probe, and why there is neither.
local function ways_out(egresses)
  local healthy, trial, denial = {}, nil, nil
  for _, egress in ipairs(egresses) do
    local probes = {}
    local why = denied(egress.circuits, probes)
    if why then denial = lesser(denial, why)
    elseif #probes == 0 then table.insert(healthy, egress.name)
    else trial = trial or { name = egress.name, probes = probes } end
  end
  if #healthy > 0 or trial then denial = nil end
  return healthy, trial, denial
end

local function over_budget(c)
  if not c.budget then return nil end
  local spent = tonumber(redis.call('GET', at('spent', c.provider, q.day)) or 0)
  if spent + c.cost > c.budget then return { 'over_budget', q.dayEnds, tostring(spent) } end
end

-- A call counts for exactly one minute.
local function rate_limited(c)
  if not c.rate then return nil end
  local key, since = at('rate', c.provider), '(' .. (now - MINUTE)
  local count = redis.call('ZCOUNT', key, since, '+inf')
  if count < c.rate then return nil end
  local oldest = redis.call('ZRANGEBYSCORE', key, since, '+inf', 'WITHSCORES', 'LIMIT', count - c.rate, 1)
  return { 'rate_limited', oldest[2] and tonumber(oldest[2]) + MINUTE or 0, '' }
end

local function no_slot(c)
  if redis.call('ZCOUNT', c.slot, ALIVE, '+inf') >= c.limit then return { 'no_slot', 0, '' } end
end

-- The one that wants a probe goes first, for else it would never be tried; the others take turns.
local function in_order(provider, healthy, trial)
  local ordered = {}
  if trial then table.insert(ordered, trial.name) end
  local turn = #healthy > 1 and redis.call('INCR', at('turn', provider)) or 0
  for i = 0, #healthy - 1 do table.insert(ordered, healthy[(turn + i) % #healthy + 1]) end
  return ordered
end

local function take(c, probes, healthy, trial)
  redis.call('ZREMRANGEBYSCORE', c.slot, '-inf', now)
  redis.call('ZADD', c.slot, q.leaseUntil, q.owner)
  if c.cost > 0 then
    redis.call('INCRBY', at('spent', c.provider, q.day), c.cost)
    redis.call('PEXPIRE', at('spent', c.provider, q.day), q.spentTtl)
  end
  if c.rate then
    local key = at('rate', c.provider)
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now - MINUTE)
    redis.call('ZADD', key, now, q.owner)
    redis.call('PEXPIRE', key, MINUTE)
  end
  for _, circuit in ipairs(trial and trial.probes or {}) do table.insert(probes, circuit) end
  for _, circuit in ipairs(probes) do let_probe(circuit, q.owner, q.leaseUntil) end
  return in_order(c.provider, healthy, trial), probes
end

local verdicts, taken = {}, {}
for i, c in ipairs(q.candidates) do
  local probes = {}
  local healthy, trial, cut_off = ways_out(c.egresses)
  local denial = graver(denied(c.circuits, probes), cut_off) or over_budget(c) or rate_limited(c) or no_slot(c)
  if not denial and q.owner and #taken == 0 then
    taken = { i - 1, take(c, probes, healthy, trial) }
  end
  verdicts[i] = denial or { 'ok', 0, '' }
end
return { verdicts, taken }
`),
);
