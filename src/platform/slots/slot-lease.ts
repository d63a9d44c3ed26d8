import type { Redis } from '../redis/redis.js';

/** A holder that does not renew its lease loses it: a process that was killed keeps its slots no longer than this. */
export const LEASE_MS = 30_000;
export const HEARTBEAT_MS = 10_000;

/** A sorted set of the slot's leases: its members are the holders, its scores the milliseconds at which they run out. */
export const slotKey = (redis: Redis, key: string): string => redis.key('slot', key);
