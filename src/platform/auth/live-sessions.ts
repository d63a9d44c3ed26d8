import type { Account } from './principal.js';

/**
 * Port: who is signed in by a session at this moment. Where it is provided, access tokens without a session, or of one
 * that has ended, open nothing, and a role that was taken away is gone at once.
 */
export abstract class LiveSessions {
  /** @returns undefined when the session has ended, or its account is disabled or gone */
  abstract accountOf(sessionId: string): Promise<Account | undefined>;
}
