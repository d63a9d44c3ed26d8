import type { HttpMethod } from './http-message.js';
import { type NetworkErrorCode } from './network-error.js';

const MAX_TRIES = 3;
const FIRST_DELAY_MS = 250;
/** Who asks for a longer pause gets it from somebody who can wait: the caller. */
const LONGEST_DELAY_MS = 5000;
const PASSING_STATUSES = new Set([429, 502, 503, 504]);
const PASSING_ERRORS = new Set<NetworkErrorCode>(['timed_out', 'unresolved', 'unreachable', 'connection_lost']);

export type Outcome = { status: number; headers: Record<string, string> } | { error: NetworkErrorCode };

/** Milliseconds until the next try; null when the outcome stands. @param tries how many there have been */
export function retryDelayMs(method: HttpMethod, tries: number, outcome: Outcome, now: Date): number | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  if (tries >= MAX_TRIES) return null;
  const backoff = FIRST_DELAY_MS * 2 ** (tries - 1);
  if ('error' in outcome) return PASSING_ERRORS.has(outcome.error) ? backoff : null;
  if (!PASSING_STATUSES.has(outcome.status)) return null;
  const delay = retryAfterMs(outcome.headers['retry-after'], now) ?? backoff;
  return delay <= LONGEST_DELAY_MS ? delay : null;
}

/** Milliseconds that a `Retry-After` header asks for, given in seconds or as a date; null when it says nothing. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
