import { classOf, type ErrorClass, type ErrorCode } from './error-codes.js';
import { redact } from './redact.js';

interface Details {
  /** How long the other side asked to be left alone. */
  retryAfterSec?: number;
  cause?: unknown;
}

/** A provider's attempt that failed. The message may be shown to an operator: secrets and query strings are taken out. */
export class ProviderError extends Error {
  readonly class: ErrorClass;
  readonly retryAfterSec?: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    { retryAfterSec, cause }: Details = {},
  ) {
    super(redact(message), { cause });
    this.name = 'ProviderError';
    this.class = classOf(code);
    this.retryAfterSec = retryAfterSec;
  }
}

/** The link is nothing for this provider: it is passed over, without an attempt and without a score. */
export class NotApplicable extends Error {
  constructor(reason: string) {
    super(redact(reason));
    this.name = 'NotApplicable';
  }
}
