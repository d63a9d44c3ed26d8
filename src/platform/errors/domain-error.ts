export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'limit'
  | 'payment_required'
  | 'upstream'
  | 'internal';

interface Details {
  /** What may be shown and logged: never secrets, never another's data. */
  context?: Record<string, string | number | boolean | null>;
  /** Whether the same call may succeed later. */
  retryable?: boolean;
  cause?: unknown;
}

/** A failure with a name: `code` (dotted, `downloads.link_unsupported`) picks the words, `kind` the HTTP status. */
export class DomainError extends Error {
  readonly context: NonNullable<Details['context']>;
  readonly retryable: boolean;

  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    message: string,
    { context = {}, retryable = false, cause }: Details = {},
  ) {
    super(message, { cause });
    this.name = 'DomainError';
    this.context = context;
    this.retryable = retryable;
  }
}
