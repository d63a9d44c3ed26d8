/** `status` 0 means that no answer came: the server is away or the network is down. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly status: number,
    message: string,
    /** The server's dotted name of the failure, e.g. `auth.email_taken`. */
    readonly code: string | null = null,
  ) {
    super(message);
  }

  /** Worth trying again without the user changing anything. */
  get isTransient(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'DELETE';
  json?: unknown;
  form?: FormData;
  accept?: string;
  signal?: AbortSignal;
  /** Sends no token, and a 401 is an ordinary answer (signing in itself). */
  anonymous?: boolean;
}

/**
 * Fetches a path of this origin.
 * @throws HttpError for every answer that is not 2xx, and with status 0 when there is none.
 * @throws DOMException `AbortError` when `signal` was aborted.
 */
export async function send(path: string, options: RequestOptions, token: string | null): Promise<Response> {
  const headers = new Headers({ accept: options.accept ?? 'application/json' });
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  if (options.json !== undefined) headers.set('content-type', 'application/json');

  const response = await answerOf(path, {
    method: options.method ?? 'GET',
    headers,
    body: options.form ?? (options.json === undefined ? null : JSON.stringify(options.json)),
    signal: options.signal ?? null,
  });
  if (response.ok) return response;
  throw await failureOf(response);
}

export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** For `catch`: everything but an HttpError is a fault on this side of the wire, and is shown the same way. */
export const asHttpError = (error: unknown): HttpError =>
  error instanceof HttpError ? error : new HttpError(0, error instanceof Error ? error.message : String(error));

async function answerOf(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new HttpError(0, error instanceof Error ? error.message : 'network error');
  }
}

/** With the human part of what the server says: RFC 9457 problem details, or the sandbox's `error`. */
async function failureOf(response: Response): Promise<HttpError> {
  const body: unknown = await response.json().catch(() => null);
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const text = fields.detail ?? fields.error ?? fields.title;
  const message = typeof text === 'string' ? text : `${response.status} ${response.statusText}`.trim();
  return new HttpError(response.status, message, typeof fields.code === 'string' ? fields.code : null);
}
