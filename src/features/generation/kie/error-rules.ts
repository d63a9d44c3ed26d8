import type { ErrorClass, ErrorDetail } from './error-class.js';

export interface Verdict {
  class: ErrorClass;
  detail?: Exclude<ErrorDetail, null>;
}

interface TextRule extends Verdict {
  /** In lower case, with plain apostrophes and single spaces; any of them, anywhere in the words. */
  words: readonly (string | RegExp)[];
}

/**
 * What KIE says → what it means; the first one that fits. Words come before codes: KIE has sent those of an empty account
 * with code 500, and its models refuse pictures with any code.
 */
export const TEXT_RULES: readonly TextRule[] = [
  { class: 'CONFIG', detail: 'model_paused', words: ['temporarily paused', 'interface is paused'] },
  // Before the rules of content: fields are called `nsfw_checker`, too.
  {
    class: 'CONFIG',
    words: [
      'this field is required',
      /^[\w.[\]]+ is required\W*$/,
      'the model name you specified is not supported',
      'page does not exist or is not published',
      'error code: 1010',
    ],
  },
  {
    class: 'BILLING',
    words: [
      'credits insufficient',
      'insufficient credits',
      "current balance isn't enough",
      'top up to continue',
      'usage exceeded',
    ],
  },
  {
    class: 'USER_VIOLATION',
    words: [
      'content_policy',
      'content policy',
      'may violate our guardrails',
      'similarity to third-party content',
      'photorealistic people',
      'prohibited content',
      'flagged as sensitive',
      /(?<!case[- ])\bsensitive/,
      'prominent public figure',
      'public_error_',
      'nsfw',
      'blocked by moderation',
      'moderated',
      'safety filter',
    ],
  },
  { class: 'RATE_LIMIT', words: ['rate limit', 'too many requests', 'frequency'] },
  {
    class: 'TEMPORARY',
    words: ['internal error', 'internal server error', 'server exception', 'service timeout', 'try again later'],
  },
];

/** Codes of the body, and of HTTP where the body has none. */
export const CODES: Readonly<Record<number, Verdict>> = {
  400: { class: 'CONFIG' },
  401: { class: 'CONFIG', detail: 'key_invalid' },
  402: { class: 'BILLING' },
  404: { class: 'CONFIG' },
  405: { class: 'CONFIG' },
  408: { class: 'TEMPORARY' },
  422: { class: 'CONFIG' },
  429: { class: 'RATE_LIMIT' },
  433: { class: 'BILLING' },
  455: { class: 'TEMPORARY' },
  500: { class: 'TEMPORARY' },
  501: { class: 'UNKNOWN' },
  505: { class: 'CONFIG' },
};

/** Codes of tasks that have failed. Those of a call would speak of our request, or of our key: it was taken. */
export const TASK_CODES: Readonly<Record<number, Verdict>> = {
  402: { class: 'BILLING' },
  408: { class: 'TEMPORARY' },
  429: { class: 'RATE_LIMIT' },
  433: { class: 'BILLING' },
  455: { class: 'TEMPORARY' },
};

/** Statuses that say the same in whichever layer they stand. */
export const TELLING_CODES: readonly number[] = [401, 402, 429, 433];
