import { LlmError } from './llm-client.js';
import { failureOfBody, isObject } from './llm-failure.js';

/** Ends that leave a text which is none: refused, cut off, given up. */
const BAD_ENDS: Partial<Record<string, { kind: 'refused' | 'config' | 'temporary'; why: string }>> = {
  content_filter: { kind: 'refused', why: 'The filter of the provider has stopped the answer' },
  length: { kind: 'config', why: 'The answer does not fit into the tokens it may have' },
  // OpenRouter, DeepSeek.
  error: { kind: 'temporary', why: 'The provider broke off the answer' },
  insufficient_system_resource: { kind: 'temporary', why: 'The provider had no room to finish the answer' },
  aborted: { kind: 'temporary', why: 'The provider broke off the answer' },
};

/** The text of a `chat.completion`. @throws LlmError */
export function textOfAnswer(body: unknown, apiKey: string | undefined): string {
  if (!isObject(body)) throw new LlmError('temporary', "The model's API answered something else than an answer");
  if (body['error'] !== undefined && body['error'] !== null) throw failureOfBody(body['error'], apiKey);
  const choice: unknown = Array.isArray(body['choices']) ? body['choices'][0] : undefined;
  if (!isObject(choice)) throw new LlmError('empty', 'The model has answered nothing');
  const end = BAD_ENDS[String(choice['finish_reason'])];
  if (end) throw new LlmError(end.kind, end.why);
  const message = isObject(choice['message']) ? choice['message'] : {};
  if (typeof message['refusal'] === 'string' && message['refusal'] !== '') {
    throw new LlmError('refused', 'The model has refused to answer');
  }
  const text = typeof message['content'] === 'string' ? message['content'].trim() : '';
  if (text === '') throw new LlmError('empty', 'The model has answered nothing');
  return text;
}
