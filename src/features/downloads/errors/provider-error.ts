import { classOf, type ErrorClass, type ErrorCode } from './error-codes.js';
import { redact } from './redact.js';

interface Details {
  /** How long the other side asked to be left alone. */
  retryAfterSec?: number;
  /** `api`: an API told so of its own way to the platform; ours has nothing to do with it. */
  reportedBy?: 'api';
  cause?: unknown;
}

/** A provider's attempt that failed. The message may be shown to an operator: secrets and query strings are taken out. */
export class ProviderError extends Error {
  readonly class: ErrorClass;
  readonly retryAfterSec?: number;
  readonly reportedBy?: 'api';

  constructor(
    readonly code: ErrorCode,
    message: string,
    { retryAfterSec, reportedBy, cause }: Details = {},
  ) {
    super(redact(message), { cause });
    this.name = 'ProviderError';
    this.class = classOf(code);
    this.retryAfterSec = retryAfterSec;
    this.reportedBy = reportedBy;
  }
}

/** The link is nothing for this provider: it is passed over, without an attempt and without a score. */
export class NotApplicable extends Error {
  constructor(reason: string) {
    super(redact(reason));
    this.name = 'NotApplicable';
  }
}
