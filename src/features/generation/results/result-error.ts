import type { GenerationError } from '../kie/error-class.js';

/**
 * Why the provider's video could not be had. `RESULT_GONE`: its link is dead. `UNREADABLE`: what lies there is no video
 * that we take, now or later. The others may pass.
 */
export type ResultErrorCode = 'RESULT_GONE' | 'UNREADABLE' | 'NETWORK' | 'TIMEOUT';

/** `message` names hosts at most: links may hold secrets. */
export class ResultError extends Error {
  constructor(
    readonly code: ResultErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ResultError';
  }

  /** What it is to a job when nothing more is to be tried with this result. */
  asGenerationError(): GenerationError {
    return { class: 'TEMPORARY', detail: null, code: this.code, message: this.message, retryAfterSec: null };
  }
}
