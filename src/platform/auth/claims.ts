import { USER_ROLES, type Principal } from './principal.js';

/** What an access token says of its owner, unchecked. */
export interface Claims {
  sub?: unknown;
  email?: unknown;
  role?: unknown;
  /** Id of the session. */
  sid?: unknown;
  /** Seconds since 1970. */
  exp?: unknown;
}

/** @returns undefined when a claim is missing or strange. */
export function principalFrom({ sub, email, role, sid, exp }: Claims): Principal | undefined {
  const known = USER_ROLES.find((name) => name === role);
  if (typeof sub !== 'string' || typeof email !== 'string' || !known || typeof exp !== 'number') return undefined;
  if (sid !== undefined && typeof sid !== 'string') return undefined;
  return { id: sub, email, role: known, sessionId: sid, expiresAt: new Date(exp * 1000) };
}
