import type { Redis } from '../../platform/redis/redis.js';

/** Conversations in Redis: shared by all processes, forgotten when nobody went on with them for `ttlHours`. */
export function sessionStore<T>(redis: Redis, bot: string, ttlHours: number) {
  const keyOf = (name: string) => redis.key('session', bot, name);
  return {
    async get(name: string): Promise<T | undefined> {
      const stored = await redis.client.get(keyOf(name));
      return stored === null ? undefined : (JSON.parse(stored) as T);
    },
    async set(name: string, session: T): Promise<void> {
      await redis.client.set(keyOf(name), JSON.stringify(session), { PX: Math.ceil(ttlHours * 3_600_000) });
    },
    async delete(name: string): Promise<void> {
      await redis.client.del(keyOf(name));
    },
  };
}
