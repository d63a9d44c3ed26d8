import { createHash, randomBytes } from 'node:crypto';

export function makeRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a refresh token. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
