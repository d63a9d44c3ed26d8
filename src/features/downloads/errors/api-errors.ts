import { NetworkError, type NetworkErrorCode, retryAfterMs } from '../../../platform/http/index.js';
import { codeOfApiWords } from './api-errors-in-words.js';
import type { ErrorCode } from './error-codes.js';
import { NotApplicable, ProviderError } from './provider-error.js';

/** The door is asked without an egress: whatever stands in the way is the API's trouble, and no way out's. */
const OF_DOOR: Record<NetworkErrorCode, ErrorCode> = {
  timed_out: 'STALL',
  connection_lost: 'UPSTREAM_5XX',
  unresolved: 'UPSTREAM_5XX',
  unreachable: 'UPSTREAM_5XX',
  proxy: 'UPSTREAM_5XX',
  tls: 'UPSTREAM_5XX',
  certificate: 'PROVIDER_BUG',
  other: 'PROVIDER_BUG',
};

/** An API reports it of itself, or of its own way to the platform. */
export function apiError(code: ErrorCode, message: string, retryAfterSec?: number): ProviderError {
  return new ProviderError(code, message, { retryAfterSec, reportedBy: 'api' });
}

/** An API's door gave no answer. */
export function apiDoorError(error: NetworkError): ProviderError {
  return new ProviderError(OF_DOOR[error.code], error.message, { reportedBy: 'api', cause: error });
}

/** An answer of an API, as far as errors are told by it. */
interface Refusal {
  host: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  /** What it says in words. */
  words: string | null;
}

/**
 * What the gateway of RapidAPI, and others that keep its customs, mean by a status that is not 2xx. Words come before
 * numbers: a quota that is used up and a rate that is too high are both 429.
 * @param resetAt when a quota is full again, as far as it is known
 */
export function apiStatusError(
  { host, status, headers, words }: Refusal,
  now: Date,
  resetAt: string | null = null,
): ProviderError {
  const message = `${host} answered ${status}${words === null ? '' : `: ${words}`}`;
  const waitMs = retryAfterMs(headers['retry-after'], now);
  const retryAfterSec = waitMs === null ? undefined : seconds(waitMs);
  if (status === 401 || status === 403) return apiError('CONFIG', message);
  if (status === 429) {
    if (codeOfApiWords(words) !== 'QUOTA') return apiError('HTTP_429', message, retryAfterSec);
    const untilReset = resetAt === null ? undefined : seconds(Date.parse(resetAt) - now.getTime());
    return apiError('QUOTA', message, untilReset ?? retryAfterSec);
  }
  if (status >= 500) return apiError('UPSTREAM_5XX', message, retryAfterSec);
  return apiError(codeOfApiWords(words) ?? 'PROVIDER_BUG', message);
}

/** An answer that means failure by what it says alone. */
export function apiWordsError({ host, words }: Pick<Refusal, 'host' | 'words'>): ProviderError {
  return apiError(codeOfApiWords(words) ?? 'PROVIDER_BUG', `${host}: ${words ?? 'a failure without a word on it'}`);
}

/** An answer in another shape than was promised. */
export function apiShapeError({ host }: Pick<Refusal, 'host'>, what: string): ProviderError {
  return apiError('PROVIDER_BUG', `${host} answered ${what}`);
}

/**
 * What a failure to fetch an address means when an API gave it. That the address is dead, leads inside or to something
 * else says nothing of the medium nor of who asked for it, but of the API; and that its host cannot be found or reached
 * says nothing of our way out, unless that is a proxy that fails.
 */
export function mediaUrlError(error: unknown): unknown {
  if (error instanceof NotApplicable) return renamed('PROVIDER_BUG', error);
  if (!(error instanceof ProviderError)) return error;
  if (error.code === 'USER_URL' || error.code === 'CONTENT_GONE') return renamed('PROVIDER_BUG', error);
  const isProxy = error.cause instanceof NetworkError && error.cause.code === 'proxy';
  return error.code === 'EGRESS_DOWN' && !isProxy ? renamed('UPSTREAM_5XX', error) : error;
}

function renamed(code: ErrorCode, error: Error): ProviderError {
  return new ProviderError(code, `the address that the API gave: ${error.message}`, { cause: error });
}

const seconds = (ms: number) => Math.max(0, Math.ceil(ms / 1_000));
