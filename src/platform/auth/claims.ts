import { USER_ROLES, type Principal } from './principal.js';

/** What an access token says of its owner, unchecked. */
export interface Claims {
  sub?: unknown;
  email?: unknown;
  role?: unknown;
}

/** @returns undefined when a claim is missing or strange. */
export function principalFrom({ sub, email, role }: Claims): Principal | undefined {
  const known = USER_ROLES.find((name) => name === role);
  if (typeof sub !== 'string' || typeof email !== 'string' || !known) return undefined;
  return { id: sub, email, role: known };
}
