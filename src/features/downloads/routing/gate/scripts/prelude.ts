/**
 * What the scripts of the gate share. `KEYS[1]` is the mark that says that its state is there; `ARGV[1]` the question as
 * JSON, with `prefix` of its keys and `now` in milliseconds.
 *
 * A circuit is a hash: `level` (openings in a row), and while it is not closed `openUntil` (milliseconds), `reason`,
 * `openedBy`, and `probe` with `probeUntil`, the lease of the one attempt that is let through afterwards; `clean` counts
 * the jobs that went well since it was closed. One that nothing is known of has never been open.
 */
const COMMON = `
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
local q = cjson.decode(ARGV[1])
local now = q.now
local function at(...) return q.prefix .. table.concat({ ... }, ':') end
local known = at('circuits')

local function forget(circuit)
  redis.call('DEL', at('circuit', circuit))
  redis.call('SREM', known, circuit)
end

-- closed, open, half_open (the next one is the probe) or probed; and the end of its cooldown
local function state_of(circuit)
  local open_until, probe_until = unpack(redis.call('HMGET', at('circuit', circuit), 'openUntil', 'probeUntil'))
  open_until, probe_until = tonumber(open_until), tonumber(probe_until)
  if not open_until then return 'closed' end
  if open_until > now then return 'open', open_until end
  if probe_until and probe_until > now then return 'probed', open_until end
  return 'half_open', open_until
end

local function is_probe(circuit, owner)
  return redis.call('HGET', at('circuit', circuit), 'probe') == owner
end

local function let_probe(circuit, owner, lease_until)
  redis.call('HSET', at('circuit', circuit), 'probe', owner, 'probeUntil', lease_until)
end

-- A grant ends once; whoever still means to hold it may be late by a heartbeat, or by a lease.
local function is_ended()
  return redis.call('EXISTS', at('ended', q.owner)) == 1
end

local function end_grant()
  return redis.call('SET', at('ended', q.owner), 1, 'NX', 'PX', 120000) and true or false
end

local function free_probe(circuit)
  redis.call('HDEL', at('circuit', circuit), 'probe', 'probeUntil')
end
`;

/** A script of the gate; it answers `null` when Redis has forgotten what the gate knew. */
export const onGate = (lua: string): string => COMMON + lua;
