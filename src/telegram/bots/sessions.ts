import type { Redis } from '../../platform/redis/redis.js';
import type { BotContext } from './bot.js';

/** What a conversation remembers between two messages: JSON. */
export type Session = Record<string, unknown>;

/** Redis is out of reach, and with it what was said before: the update waits. */
export class SessionsAway extends Error {
  constructor(cause: unknown) {
    super('The sessions of conversations are out of reach', { cause });
  }
}

/**
 * Conversations kept in Redis, one for each person in each chat: shared by all processes, alive across restarts, and
 * forgotten when nobody has gone on with them for `ttlHours`. The gate hands the updates of a chat over one after the
 * other, so nobody else writes meanwhile; without Redis the update waits.
 */
export function sessions(redis: Redis, ttlHours: number) {
  const ttlMs = Math.ceil(ttlHours * 3_600_000);
  return async (context: BotContext & { session?: Session }, next: () => Promise<void>): Promise<void> => {
    const key = redis.key('session', context.state.bot, context.chat?.id ?? 0, context.state.person.tgUserId);
    const stored = await inReach(redis.client.get(key));
    context.session = stored === null ? {} : (JSON.parse(stored) as Session);
    await next();
    const left = JSON.stringify(context.session);
    await inReach<unknown>(left === '{}' ? redis.client.del(key) : redis.client.set(key, left, { PX: ttlMs }));
  };
}

async function inReach<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new SessionsAway(error);
  }
}
