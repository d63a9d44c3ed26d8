import { refreshSession } from './refresh';
import { currentToken, requireSignIn } from './session';
import { HttpError, type RequestOptions, send } from './wire';

export { asHttpError, HttpError, isAbort, type RequestOptions } from './wire';

/** A 401 with which a route refuses what it was given, not who gives it. */
const WRONG_PASSWORD = 'auth.invalid_credentials';

/**
 * Fetches a path of this origin as whoever is signed in. When the access token has run out it is renewed, once; when
 * that fails because the session has ended, too, the page asks to sign in.
 * @throws HttpError for every answer that is not 2xx, and with status 0 when there is none.
 * @throws DOMException `AbortError` when `signal` was aborted.
 */
export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  if (options.anonymous) return send(path, options, null);
  const token = currentToken();
  try {
    return await send(path, options, token);
  } catch (error) {
    if (!isRefused(error)) throw error;
    // Another request may have renewed it meanwhile.
    const isRenewed = currentToken() !== token || (await refreshSession());
    if (isRenewed) return await sendAgain(path, options);
    requireSignIn();
    throw error;
  }
}

export async function requestJson<T>(path: string, options?: RequestOptions): Promise<T> {
  const response = await request(path, options);
  return (await response.json()) as T;
}

async function sendAgain(path: string, options: RequestOptions): Promise<Response> {
  try {
    return await send(path, options, currentToken());
  } catch (error) {
    if (isRefused(error)) requireSignIn();
    throw error;
  }
}

const isRefused = (error: unknown): boolean =>
  error instanceof HttpError && error.status === 401 && error.code !== WRONG_PASSWORD;
