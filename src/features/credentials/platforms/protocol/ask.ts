import type { HttpClient, HttpRequest } from '../../../../platform/http/index.js';
import { type JsonObject, parseObject } from './json.js';
import { PlatformUnavailable } from './platform-unavailable.js';

/** Well below the time for which one process may hold the right to refresh. */
const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

export type Question = Pick<HttpRequest, 'method' | 'url' | 'query' | 'headers' | 'body'>;

export interface Reply {
  host: string;
  status: number;
  /** Null when it is no JSON object. */
  json: JsonObject | null;
}

/**
 * Asks a platform; its yes and its no are both replies.
 * @throws PlatformUnavailable when it says neither; NetworkError
 */
export async function ask(http: HttpClient, { headers, ...question }: Question): Promise<Reply> {
  const { host } = new URL(question.url);
  const { status, body } = await http.send({
    ...question,
    headers: { accept: 'application/json', ...headers },
    timeoutMs: TIMEOUT_MS,
    maxResponseBytes: MAX_ANSWER_BYTES,
  });
  if (status >= 500 || status === 429 || (status >= 300 && status < 400)) {
    throw new PlatformUnavailable(host, `answered ${status}`);
  }
  return { host, status, json: parseObject(body.toString('utf8')) };
}
