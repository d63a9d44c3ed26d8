import type { AccessGrant, Secrets } from '../platform.js';

/** The grant of an access token, in the words of RFC 6750. */
export function bearer({ accessToken }: Secrets): AccessGrant | null {
  return accessToken === undefined ? null : { authorization: `Bearer ${accessToken}`, token: accessToken };
}
