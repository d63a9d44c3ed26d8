import type { Readable } from 'node:stream';
import { type Dispatcher, Pool, ProxyAgent, request } from 'undici';
import { EgressRefusedError } from '../egress/egress-errors.js';
import type { EgressSession } from '../egress/egress-session.js';
import { NetworkError, networkError } from './network-error.js';
import { plainHeaders } from './plain-headers.js';

const MAX_REDIRECTS = 10;
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);
/** Not for the eyes of whom a redirect leads to. */
const PRIVATE_HEADERS = new Set(['authorization', 'cookie']);

export interface EgressFetchOptions {
  /** Until the target accepts the connection: 15 s unless told. */
  connectTimeoutMs?: number;
  /** Until the head of the answer is there: 30 s unless told. */
  headersTimeoutMs?: number;
  /** Between two pieces of the body: 30 s unless told. */
  stallTimeoutMs?: number;
}

export interface EgressRequest {
  /** A POST is not sent on where it is redirected to: the redirect is its answer. */
  method?: 'GET' | 'HEAD' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

export interface Redirect {
  url: string;
  status: number;
}

export interface EgressResponse {
  status: number;
  headers: Record<string, string>;
  /** Where the answer came from, after all redirects. */
  url: string;
  /** What was asked before, in order. Signed URLs are secrets: trim before keeping. */
  redirects: Redirect[];
  /** Must be read or destroyed. Its errors are the library's own: `networkError` names them. */
  body: Readable;
}

/** The link leads nowhere we go: not http(s), not a URL, or round in circles. */
export class UnfollowableUrlError extends Error {
  constructor(readonly reason: 'unsupported' | 'too_many_redirects') {
    super(reason === 'unsupported' ? 'only http and https links can be followed' : 'too many redirects');
    this.name = 'UnfollowableUrlError';
  }
}

/** Fetches links of people, and whatever they redirect to, through the egress gateway. One per session of it. */
export class EgressFetch {
  private readonly agent: ProxyAgent;

  constructor(
    private readonly session: EgressSession,
    { connectTimeoutMs = 15_000, headersTimeoutMs = 30_000, stallTimeoutMs = 30_000 }: EgressFetchOptions = {},
  ) {
    this.agent = new ProxyAgent({
      uri: session.proxyUrl,
      headersTimeout: headersTimeoutMs,
      bodyTimeout: stallTimeoutMs,
      // The gateway answers a CONNECT when the target has accepted.
      clientFactory: (origin, options) => new TunnelPool(origin, { ...options, headersTimeout: connectTimeoutMs }),
    });
  }

  /**
   * Answers of any status are answers.
   * @throws EgressRefusedError; UnfollowableUrlError; NetworkError; the signal's reason when it was aborted
   */
  async fetch(url: string, { method = 'GET', headers = {}, ...rest }: EgressRequest = {}): Promise<EgressResponse> {
    const redirects: Redirect[] = [];
    let target = parseUrl(url);
    let sent = headers;
    for (;;) {
      const response = await this.ask(target, { ...rest, method, headers: sent });
      const { location } = response.headers;
      if (method === 'POST' || !REDIRECT_STATUSES.has(response.status) || location === undefined) {
        return { ...response, url: target.href, redirects };
      }
      response.body.destroy();
      redirects.push({ url: target.href, status: response.status });
      if (redirects.length > MAX_REDIRECTS) throw new UnfollowableUrlError('too_many_redirects');
      const next = parseUrl(location, target);
      if (next.origin !== target.origin) sent = withoutPrivate(sent);
      target = next;
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async ask(
    url: URL,
    { headers, signal, ...rest }: EgressRequest,
  ): Promise<Omit<EgressResponse, 'url' | 'redirects'>> {
    try {
      // Media is compressed already, and byte ranges only make sense of what is stored.
      const all = { 'accept-encoding': 'identity', ...headers };
      const response = await request(url, { ...rest, dispatcher: this.agent, headers: all, signal });
      // To destroy a body unread is an error to the library; whoever reads learns of errors all the same.
      response.body.on('error', () => undefined);
      return { status: response.statusCode, headers: plainHeaders(response.headers), body: response.body };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw this.explained(error, url);
    }
  }

  /** The gateway's no reaches the library as a failed tunnel; only the gateway knows why. */
  private explained(error: unknown, url: URL): Error {
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const problem = this.session.problemOf(host, Number(url.port || (url.protocol === 'https:' ? 443 : 80)));
    if (problem?.kind === 'refused') return new EgressRefusedError(host, problem.address, problem.reason);
    if (problem?.kind === 'unresolved') return new NetworkError('unresolved', host, { cause: error });
    return networkError(error, host);
  }
}

/**
 * Connections to the gateway. It hangs up on a CONNECT when nobody listens at the target; the library takes that for an
 * accident and connects again, without end, unless the error is of another kind.
 */
class TunnelPool extends Pool {
  override connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
  override connect(
    options: Dispatcher.ConnectOptions,
    callback: (error: Error | null, data: Dispatcher.ConnectData) => void,
  ): void;
  override connect(
    options: Dispatcher.ConnectOptions,
    callback?: (error: Error | null, data: Dispatcher.ConnectData) => void,
  ): Promise<Dispatcher.ConnectData> | void {
    if (callback) {
      super.connect(options, callback);
      return;
    }
    return super.connect(options).catch((cause: unknown) => {
      if ((cause as { code?: unknown }).code !== 'UND_ERR_SOCKET') throw cause;
      throw Object.assign(new Error('the gateway hung up', { cause }), { code: 'ECONNREFUSED' });
    });
  }
}

function parseUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new UnfollowableUrlError('unsupported');
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new UnfollowableUrlError('unsupported');
  url.username = '';
  url.password = '';
  return url;
}

function withoutPrivate(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !PRIVATE_HEADERS.has(name.toLowerCase())));
}
