import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isRedisAway } from '../../../platform/redis/is-redis-away.js';
import { Redis } from '../../../platform/redis/redis.js';
import { script } from '../../../platform/redis/script.js';
import { linkingUnavailable } from '../notifications.errors.js';

export const LINK_CODE_TTL_MS = 10 * 60_000;

const ISSUE = script<number>(`
redis.call('HSET', KEYS[1], 'owner', ARGV[1])
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);

const REDEEM = script<string | null>(`
local owner = redis.call('HGET', KEYS[1], 'owner')
if not owner then return false end
redis.call('HSETNX', KEYS[1], 'by', ARGV[1])
if redis.call('HGET', KEYS[1], 'by') ~= ARGV[1] then return false end
return owner
`);

/** One-time codes by which a chat proves whose it is. Kept in Redis for 10 minutes, hashed. */
@Injectable()
export class LinkCodes {
  constructor(private readonly redis: Redis) {}

  /** @returns 22 characters of `A-Za-z0-9_-`. @throws DomainError `notifications.linking_unavailable` */
  async issue(owner: string): Promise<string> {
    const code = randomBytes(16).toString('base64url');
    await inReach(this.redis.run(ISSUE, [this.keyOf(code)], [owner, LINK_CODE_TTL_MS]));
    return code;
  }

  /**
   * Whose code it is. The first to redeem it has it; `by` names the attempt, so that one that is repeated gets the same
   * answer.
   * @returns null when it was used, has expired or never was. @throws DomainError `notifications.linking_unavailable`
   */
  redeem(code: string, by: string): Promise<string | null> {
    return inReach(this.redis.run(REDEEM, [this.keyOf(code)], [by]));
  }

  private keyOf(code: string): string {
    return this.redis.key('link-code', createHash('sha256').update(code).digest('base64url'));
  }
}

async function inReach<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw isRedisAway(error) ? linkingUnavailable(error) : error;
  }
}
