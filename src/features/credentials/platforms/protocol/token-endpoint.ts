import type { HttpClient } from '../../../../platform/http/index.js';
import { OAuthRefused, type TokenSet } from '../platform.js';
import { ask } from './ask.js';
import { type JsonObject, numberOf, textOf } from './json.js';
import { PlatformUnavailable } from './platform-unavailable.js';

/** Words that servers use for an error; anything longer or stranger is not for our logs and rows. */
const WORD = /^[\w.:-]{1,64}$/;
/** Errors that say «not now», not «no». */
const PASSING = new Set(['server_error', 'temporarily_unavailable', 'slow_down']);

/** A hundred years. */
const LONGEST_LIFE_SEC = 3_155_760_000;

export interface TokenQuestion {
  url: string;
  form: Record<string, string>;
  headers?: Record<string, string>;
  /** The name of the error that an answer carries, whatever its status; null when it carries none. */
  refusalOf?: (answer: JsonObject) => string | null;
}

export interface TokenAnswer {
  host: string;
  tokens: TokenSet;
  json: JsonObject;
}

/** @throws OAuthRefused when it says no, with whatever status; PlatformUnavailable; NetworkError */
export async function askForTokens(
  http: HttpClient,
  { url, form, headers, refusalOf = standardRefusal }: TokenQuestion,
): Promise<TokenAnswer> {
  const { host, status, json } = await ask(http, { method: 'POST', url, headers, body: { form } });
  const refusal = json && refusalOf(json);
  if (refusal !== null && PASSING.has(refusal)) throw new PlatformUnavailable(host, `answered ${refusal}`);
  if (refusal !== null) throw new OAuthRefused(refusal);
  if (status > 299) throw new OAuthRefused(`http_${status}`);
  const tokens = json && tokensOf(json);
  if (!tokens) throw new PlatformUnavailable(host, 'answered without a token');
  return { host, tokens, json };
}

/** The `error` of RFC 6749. */
export function standardRefusal({ error }: JsonObject): string | null {
  if (error === undefined || error === null || error === '') return null;
  return typeof error === 'string' && WORD.test(error) ? error : 'unknown_error';
}

function tokensOf(json: JsonObject): TokenSet | null {
  const accessToken = textOf(json.access_token);
  if (accessToken === null) return null;
  const seconds = numberOf(json.expires_in) ?? 0;
  return {
    accessToken,
    refreshToken: textOf(json.refresh_token) ?? undefined,
    // 0, or more than a calendar has, is how some say «never».
    expiresInSec: seconds > 0 && seconds < LONGEST_LIFE_SEC ? seconds : undefined,
    scopes: textOf(json.scope)?.split(/[\s,]+/),
  };
}
