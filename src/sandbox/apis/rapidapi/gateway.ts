import type { Request } from 'express';
import type { Answer } from '../answer.js';
import type { Behaviours } from '../behaviour.js';
import type { Script } from '../scripts.js';
import type { Quota } from './quota.js';

const REFUSED_KEY = 'invalid';

export const GATEWAY_BEHAVIOURS: Behaviours = {
  quota: '429, the quota is used up; `how`: MONTHLY (default), DAILY',
  rate: '429, too many per second; `how`: second (default), hour, generic',
  keyRefused: '403, the key is invalid',
  notSubscribed: '403, the key is good, but not for this API',
};

/** What RapidAPI does in front of every API that it sells: keys, quotas, and the headers that tell of them. */
export class RapidApiGateway {
  /** @param quotas by the name that they have in headers */
  constructor(private readonly quotas: Readonly<Record<string, Quota>>) {}

  /** A key is not asked for, but one that is called invalid is refused. */
  refuse(request: Request): Answer | null {
    return request.get('x-rapidapi-key') === REFUSED_KEY ? invalidKey(401) : null;
  }

  /** The answer that the API behind never sees the call for; null when it does. */
  answer({ behaviour, how }: Script): Answer | null {
    if (behaviour === 'keyRefused') return invalidKey(403);
    if (behaviour === 'notSubscribed') return message(403, 'You are not subscribed to this API.');
    if (behaviour === 'rate') return { ...message(429, rateText(how)), headers: this.headers() };
    if (behaviour !== 'quota' && !this.isUsedUp()) return null;
    return { ...message(429, quotaText(how)), headers: { ...this.headers(), ...this.nothingLeft() } };
  }

  /** `x-ratelimit-<object>-limit`, `-remaining`, `-reset`. */
  headers(): Record<string, string> {
    const entries = Object.entries(this.quotas).flatMap(([name, { view, resetSec }]) => [
      [`x-ratelimit-${name}-limit`, String(view.limit)],
      [`x-ratelimit-${name}-remaining`, String(view.remaining)],
      [`x-ratelimit-${name}-reset`, String(resetSec)],
    ]);
    return Object.fromEntries(entries) as Record<string, string>;
  }

  private nothingLeft(): Record<string, string> {
    const names = Object.keys(this.quotas);
    return Object.fromEntries(names.map((name) => [`x-ratelimit-${name}-remaining`, '0']));
  }

  private isUsedUp(): boolean {
    return Object.values(this.quotas).some(({ view }) => view.remaining <= 0);
  }
}

export const noEndpoint = (path: string): Answer => message(404, `Endpoint '${path}' does not exist`);

const message = (status: number, text: string): Answer => ({ status, body: { message: text } });

const invalidKey = (status: number): Answer =>
  message(status, 'Invalid API key. Go to https://docs.rapidapi.com/docs/keys for more info.');

const quotaText = (period = 'MONTHLY'): string =>
  `You have exceeded the ${period} quota for Requests on your current plan, BASIC. ` +
  'Upgrade your plan at https://rapidapi.com/';

const rateText = (span = 'second'): string =>
  span === 'generic'
    ? 'Too many requests'
    : `You have exceeded the rate limit per ${span} for your plan, BASIC, by the API provider`;
