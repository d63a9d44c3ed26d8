import { Injectable } from '@nestjs/common';
import { Redis } from '../../../platform/redis/redis.js';
import type { OAuthPlatformName } from '../platforms/credential-platform.js';
import { randomSecret } from './pkce.js';

const KEPT_SEC = 600;
const STATE = /^[\w-]{43}$/;

/** Somebody who has been sent to a consent page. */
export interface PendingAuthorization {
  userId: string;
  /** Undefined for tokens without a session. */
  sessionId?: string;
  platform: OAuthPlatformName;
  verifier: string;
}

/** Kept in Redis for ten minutes by their `state`, which is good once. */
@Injectable()
export class PendingAuthorizations {
  constructor(private readonly redis: Redis) {}

  /** @returns the `state` */
  async add(pending: PendingAuthorization): Promise<string> {
    const state = randomSecret();
    const expiration = { type: 'EX', value: KEPT_SEC } as const;
    await this.redis.client.set(this.key(state), JSON.stringify(pending), { expiration });
    return state;
  }

  /** @returns null for a state that is none of ours, too old, or has been used */
  async take(state: string): Promise<PendingAuthorization | null> {
    if (!STATE.test(state)) return null;
    const kept = await this.redis.client.getDel(this.key(state));
    return kept === null ? null : (JSON.parse(kept) as PendingAuthorization);
  }

  private key(state: string): string {
    return this.redis.key('oauth', state);
  }
}
