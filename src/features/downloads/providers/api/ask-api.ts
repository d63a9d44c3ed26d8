import { type HttpClient, type HttpRequest, networkError } from '../../../../platform/http/index.js';
import { apiDoorError } from '../../errors/api-errors.js';
import { isObject, type JsonObject, textOf } from './json.js';

/** For the whole question, the client's own repetitions included: a job begun twice is paid twice. */
const DEADLINE_MS = 30_000;
/** Some doors answer no one without. */
const USER_AGENT = 'Mozilla/5.0 (compatible; Nexus)';
/** Where APIs say in words what is wrong; none of them says it in one place. */
const WORDS = ['message', 'error', 'text', 'msg'];

export type ApiRequest = Pick<HttpRequest, 'method' | 'url' | 'query' | 'headers' | 'body' | 'once'> & {
  signal: AbortSignal;
  /** Taken out of whatever the API says. */
  apiKey: string | null;
};

export interface ApiReply {
  host: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  /** null when it is no JSON object. */
  json: JsonObject | null;
  /** What it says of a failure; without our key. */
  words: string | null;
}

/**
 * Asks an outside API at an address that the operator has configured. Any answer is a reply.
 * @throws ProviderError when there is none; the signal's reason when it was aborted
 */
export async function askApi(http: HttpClient, { signal, apiKey, headers, ...request }: ApiRequest): Promise<ApiReply> {
  signal.throwIfAborted();
  const { host } = new URL(request.url);
  try {
    const { body, ...response } = await http.send({
      ...request,
      headers: { accept: 'application/json', 'user-agent': USER_AGENT, ...headers },
      timeoutMs: DEADLINE_MS,
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    const json = parsed(body.toString('utf8'));
    return { host, ...response, json, words: withoutKey(wordsIn(json), apiKey) };
  } catch (error) {
    signal.throwIfAborted();
    throw apiDoorError(networkError(error, host));
  }
}

function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function wordsIn(json: JsonObject | null): string | null {
  return WORDS.map((name) => textOf(json?.[name])).find((words) => words !== null) ?? null;
}

function withoutKey(words: string | null, apiKey: string | null): string | null {
  return apiKey === null || apiKey === '' ? words : (words?.replaceAll(apiKey, '•••') ?? null);
}
