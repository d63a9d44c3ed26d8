/** What a failure means for the person, the credits and the key. */
export const ERROR_CLASSES = ['USER_VIOLATION', 'BILLING', 'RATE_LIMIT', 'TEMPORARY', 'CONFIG', 'UNKNOWN'] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** What besides the class decides what is done: the key is wrong, the model is off. */
export type ErrorDetail = 'key_invalid' | 'model_paused' | null;

export interface GenerationError {
  class: ErrorClass;
  detail: ErrorDetail;
  /** KIE's code (of the body before HTTP's), `failCode`, or `TIMEOUT`, `NETWORK`, `UNREADABLE`, `RESULT_GONE`. */
  code: string;
  /** As KIE has said it, for the operator: shortened, without keys and links. */
  message: string;
  /** What a 429 asked for. */
  retryAfterSec: number | null;
}
