import type { HttpResponse } from '../http/index.js';
import { LlmError, type LlmFailureKind } from './llm-client.js';

const LONGEST_MESSAGE = 300;
const MASK = '••••';
/** OpenAI says «Incorrect API key provided: sk-…» with parts of the key in it. */
const KEY = /\b(?:sk|fw)[-_][\w*-]+/g;
const REFUSALS = new Set(['content_policy_violation', 'content_filter']);

/** What providers put into `error`: OpenAI a code in words, OpenRouter a number. */
interface ToldError {
  code: string | number | null;
  message: string;
  reasons: readonly unknown[];
}

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The failure that an answer with another status than 2xx tells of. */
export function failureOfStatus(
  { status, headers }: HttpResponse,
  body: unknown,
  apiKey: string | undefined,
): LlmError {
  const told = toldError(isObject(body) ? body['error'] : undefined);
  const kind = kindOf(status, told, headers['retry-after'] !== undefined);
  return failure(kind, String(status), told, apiKey);
}

/** The failure in the body of a 200: the model had begun already when it happened. */
export function failureOfBody(error: unknown, apiKey: string | undefined): LlmError {
  const told = toldError(error);
  const status = typeof told.code === 'number' ? told.code : 500;
  return failure(kindOf(status, told, false), '200 with an error', told, apiKey);
}

function kindOf(status: number, { code, reasons }: ToldError, mayBeAskedAgain: boolean): LlmFailureKind {
  if (REFUSALS.has(String(code))) return 'refused';
  if (code === 'insufficient_quota') return 'billing';
  if (status === 402) return mayBeAskedAgain ? 'rate_limit' : 'billing';
  if (status === 403) return reasons.length > 0 ? 'refused' : 'config';
  if (status === 429 || code === 'rate_limit_exceeded') return 'rate_limit';
  return status === 408 || status >= 500 ? 'temporary' : 'config';
}

function failure(kind: LlmFailureKind, answer: string, told: ToldError, apiKey: string | undefined): LlmError {
  const words = withoutKeys(told.message, apiKey).slice(0, LONGEST_MESSAGE);
  const code = told.code === null ? '' : ` (${withoutKeys(String(told.code), apiKey).slice(0, LONGEST_MESSAGE)})`;
  return new LlmError(kind, `The model's API answered ${answer}${code}${words === '' ? '' : `: ${words}`}`);
}

function withoutKeys(text: string, apiKey: string | undefined): string {
  const withoutOurs = apiKey === undefined ? text : text.replaceAll(apiKey, MASK);
  return withoutOurs.replace(KEY, MASK);
}

function toldError(error: unknown): ToldError {
  if (typeof error === 'string') return { code: null, message: error, reasons: [] };
  if (!isObject(error)) return { code: null, message: '', reasons: [] };
  const { code, message, metadata } = error;
  const reasons = isObject(metadata) ? metadata['reasons'] : undefined;
  return {
    code: typeof code === 'string' || typeof code === 'number' ? code : null,
    message: typeof message === 'string' ? message : '',
    reasons: Array.isArray(reasons) ? (reasons as unknown[]) : [],
  };
}
