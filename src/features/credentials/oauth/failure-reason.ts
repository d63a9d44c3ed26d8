import { isDatabaseAway } from '../../../platform/database/is-database-away.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { NetworkError } from '../../../platform/http/index.js';
import { isRedisAway } from '../../../platform/redis/is-redis-away.js';
import { CredentialRefused, OAuthRefused } from '../platforms/platform.js';
import { PlatformUnavailable } from '../platforms/protocol/platform-unavailable.js';

/** Why an account was not connected: what the page `/connections` has words for. */
export const FAILURE_REASONS = [
  'access_denied',
  'state_invalid',
  'exchange_failed',
  'missing_scope',
  'no_channel',
  'too_many',
  'unavailable',
  'account_gone',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

const OF_OAUTH: Readonly<Record<string, FailureReason>> = {
  access_denied: 'access_denied',
  missing_scope: 'missing_scope',
  state_mismatch: 'state_invalid',
  server_error: 'unavailable',
  temporarily_unavailable: 'unavailable',
};
const OF_PLATFORM: Readonly<Record<string, FailureReason>> = {
  missing_scope: 'missing_scope',
  no_channel: 'no_channel',
};

/** The reason for an `error` of an authorisation server. */
export function reasonOfRefusal(error: string): FailureReason {
  return wordFor(OF_OAUTH, error) ?? 'exchange_failed';
}

/** @returns null for what nobody expects here */
export function reasonOf(error: unknown): FailureReason | null {
  if (error instanceof OAuthRefused) return reasonOfRefusal(error.reason);
  if (error instanceof CredentialRefused) return wordFor(OF_PLATFORM, error.reason) ?? 'exchange_failed';
  if (error instanceof PlatformUnavailable || error instanceof NetworkError) return 'unavailable';
  if (isRedisAway(error) || isDatabaseAway(error)) return 'unavailable';
  return error instanceof DomainError && error.code === 'credentials.too_many' ? 'too_many' : null;
}

function wordFor(words: Readonly<Record<string, FailureReason>>, name: string): FailureReason | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
