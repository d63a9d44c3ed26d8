import { startSession } from './session';
import { HttpError, send } from './wire';

const LOCK = 'nexus.refresh';

let running: Promise<boolean> | null = null;

/**
 * Gets an access token for the refresh token in the browser's cookie, which no script can read. Whoever asks meanwhile
 * gets the same answer.
 * @returns false when nobody is signed in in this browser.
 * @throws HttpError when the server could not be asked: the session is as it was.
 */
export function refreshSession(): Promise<boolean> {
  running ??= inTurn(exchange).finally(() => {
    running = null;
  });
  return running;
}

async function exchange(): Promise<boolean> {
  try {
    const response = await send('/api/v1/auth/refresh', { method: 'POST', json: {} }, null);
    const { accessToken } = (await response.json()) as { accessToken: string };
    startSession(accessToken);
    return true;
  } catch (error) {
    if (error instanceof HttpError && error.status === 401) return false;
    throw error;
  }
}

/** Tabs share the cookie, so they exchange it one after the other. Browsers have locks on https and localhost alone. */
async function inTurn(exchanging: () => Promise<boolean>): Promise<boolean> {
  return 'locks' in navigator ? await navigator.locks.request(LOCK, exchanging) : exchanging();
}
