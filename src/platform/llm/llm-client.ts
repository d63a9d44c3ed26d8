export type LlmPart = { type: 'text'; text: string } | { type: 'image'; contentType: string; data: Buffer };

export interface LlmQuestion {
  system: string;
  user: readonly LlmPart[];
  maxTokens: number;
  /** For the whole answer. */
  timeoutMs: number;
  signal?: AbortSignal;
}

export type LlmFailureKind = 'not_configured' | 'refused' | 'billing' | 'rate_limit' | 'config' | 'temporary' | 'empty';

/** The model has not answered what can be used. `message` is for the operator: without keys. */
export class LlmError extends Error {
  constructor(
    readonly kind: LlmFailureKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'LlmError';
  }
}

/** A language model behind an API like OpenAI's (`POST {base}/chat/completions`). One try: who asks decides about more. */
export abstract class LlmClient {
  /** @throws LlmError; the signal's reason when it was aborted */
  abstract ask(question: LlmQuestion): Promise<string>;
}
