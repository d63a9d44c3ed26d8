import { createHash } from 'node:crypto';

const VERIFIER = /^[\w.~-]{43,128}$/;
const CHALLENGE = /^[\w-]{43}$/;

/** RFC 7636, `S256`: the only method that the platforms take. */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

export const isChallenge = (text: string): boolean => CHALLENGE.test(text);

export const verifies = (verifier: string, challenge: string): boolean =>
  VERIFIER.test(verifier) && challengeOf(verifier) === challenge;
