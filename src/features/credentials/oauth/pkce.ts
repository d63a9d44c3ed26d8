import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as 43 characters that URLs carry as they are. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** S256 of RFC 7636. */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
