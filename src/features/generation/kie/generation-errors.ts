import { NetworkError, retryAfterMs } from '../../../platform/http/index.js';
import { storable } from '../../../platform/text/storable.js';
import { classify } from './classify.js';
import type { GenerationError } from './error-class.js';
import type { KieReply } from './kie-reply.js';

const LONGEST_MESSAGE = 300;
const LINKS = /\b(?:https?|ftp|data):\S+/gi;
/** Keys, tokens and what else nobody reads. */
const SECRETS = /\bBearer\s+\S+|[\w+/=-]{40,}/gi;

/** An answer that is no success. */
export function refusal(reply: KieReply, apiKey: string, now: Date): GenerationError {
  const { httpStatus, code, words, body, headers } = reply;
  const { class: errorClass, detail = null } = classify({ of: 'call', httpStatus, code, words });
  const isReadable = body !== null;
  const asked = retryAfterMs(headers['retry-after'], now);
  return {
    // Whatever it was, it was not KIE that said it.
    class: errorClass === 'UNKNOWN' && !isReadable ? 'TEMPORARY' : errorClass,
    detail,
    code: isReadable ? String(code ?? httpStatus) : UNREADABLE,
    message: forOperator(words ?? `HTTP ${httpStatus}`, apiKey),
    retryAfterSec: errorClass === 'RATE_LIMIT' && asked !== null ? Math.ceil(asked / 1000) : null,
  };
}

/** A task that has ended badly. */
export function taskFailure(code: string | null, words: string | null, apiKey: string): GenerationError {
  const { class: errorClass, detail = null } = classify({ of: 'task', httpStatus: null, code, words });
  const message = forOperator(words ?? 'KIE gives no reason', apiKey);
  return { class: errorClass, detail, code: storable(code ?? UNNAMED, 50), message, retryAfterSec: null };
}

/** No answer, or not all of it. */
export function networkFailure(error: unknown): GenerationError {
  const isTimeout = error instanceof NetworkError && error.code === 'timed_out';
  return temporary(isTimeout ? 'TIMEOUT' : 'NETWORK', error instanceof Error ? error.message : 'No answer');
}

/** An answer that lacks what it promises. */
export const unreadable = (message: string): GenerationError => temporary(UNREADABLE, message);

/** The storage has nothing, or no picture KIE would take. */
export const photoGone = (): GenerationError => ({
  class: 'UNKNOWN',
  detail: null,
  code: 'PHOTO_GONE',
  message: 'The photo is not in the storage any more',
  retryAfterSec: null,
});

const UNREADABLE = 'UNREADABLE';
const UNNAMED = 'NO_CODE';

const temporary = (code: string, message: string): GenerationError => ({
  class: 'TEMPORARY',
  detail: null,
  code,
  message,
  retryAfterSec: null,
});

function forOperator(words: string, apiKey: string): string {
  const withoutKey = apiKey === '' ? words : words.replaceAll(apiKey, '[key]');
  return storable(withoutKey.replace(LINKS, '[link]').replace(SECRETS, '[…]'), LONGEST_MESSAGE);
}
