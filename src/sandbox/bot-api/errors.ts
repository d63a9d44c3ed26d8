/** An answer `{ok: false, …}`. The description is Telegram's own text, prefix included: callers match on it. */
export class BotApiError extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: { retry_after?: number },
  ) {
    super(description);
  }
}

export const badRequest = (what: string): BotApiError => new BotApiError(400, `Bad Request: ${what}`);

export const forbidden = (what: string): BotApiError => new BotApiError(403, `Forbidden: ${what}`);

export const conflict = (what: string): BotApiError => new BotApiError(409, `Conflict: ${what}`);

export const tooManyRequests = (retryAfterSec: number): BotApiError =>
  new BotApiError(429, `Too Many Requests: retry after ${retryAfterSec}`, { retry_after: retryAfterSec });
