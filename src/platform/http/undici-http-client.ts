import { Agent, type Dispatcher, request as undiciRequest } from 'undici';
import type { Clock } from '../clock/clock.js';
import { HttpClient } from './http-client.js';
import { ResponseTooLargeError } from './http-errors.js';
import type { HttpBody, HttpRequest, HttpResponse } from './http-message.js';
import { NetworkError, networkError } from './network-error.js';
import { plainHeaders } from './plain-headers.js';
import { type Outcome, retryDelayMs } from './retry-policy.js';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_RESPONSE_BYTES = 10 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;

export class UndiciHttpClient extends HttpClient {
  private readonly agent = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });

  constructor(private readonly clock: Clock) {
    super();
  }

  override async send(request: HttpRequest): Promise<HttpResponse> {
    for (let tries = 1; ; tries += 1) {
      const result = await this.tryOnce(request);
      const delay = request.once
        ? null
        : retryDelayMs(request.method ?? 'GET', tries, outcomeOf(result), this.clock.now());
      if (delay !== null) {
        await this.clock.delay(delay, request.signal);
        continue;
      }
      if (result instanceof NetworkError) throw result;
      return result;
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async tryOnce(request: HttpRequest): Promise<HttpResponse | NetworkError> {
    const url = urlOf(request);
    const { contentType, body } = encodeBody(request.body);
    const timeout = AbortSignal.timeout(request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    try {
      const response = await undiciRequest(url, {
        dispatcher: this.agent,
        method: request.method ?? 'GET',
        headers: { ...(contentType === undefined ? {} : { 'content-type': contentType }), ...request.headers },
        body,
        signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
      });
      return {
        status: response.statusCode,
        headers: plainHeaders(response.headers),
        body: await collect(response, url.host, request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES),
      };
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      if (error instanceof ResponseTooLargeError) throw error;
      return networkError(error, url.host);
    }
  }
}

function outcomeOf(result: HttpResponse | NetworkError): Outcome {
  return result instanceof NetworkError ? { error: result.code } : result;
}

function urlOf({ url, query = {} }: HttpRequest): URL {
  const result = new URL(url);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) result.searchParams.append(name, String(value));
  }
  return result;
}

function encodeBody(body: HttpBody | undefined): { contentType?: string; body?: Dispatcher.DispatchOptions['body'] } {
  if (body === undefined) return {};
  if ('json' in body) return { contentType: 'application/json', body: JSON.stringify(body.json) };
  if ('form' in body) {
    return { contentType: 'application/x-www-form-urlencoded', body: new URLSearchParams(body.form).toString() };
  }
  // The content type of a form with parts names the boundary between them, so the library writes it.
  if ('multipart' in body) return { body: body.multipart };
  return { contentType: body.contentType, body: body.raw };
}

async function collect({ body }: Dispatcher.ResponseData, host: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new ResponseTooLargeError(host, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
