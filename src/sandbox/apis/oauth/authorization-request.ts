import { isKnownClient } from './client.js';
import { isChallenge } from './pkce.js';

export type Language = 'en' | 'ru';

/** Somebody made up, who can say yes on a consent page. */
export interface DemoAccount {
  id: string;
  name: string;
  /** What else tells it from the others: an address, a channel. */
  detail: string;
}

/** What is a platform's own about its consent page. */
export interface ConsentRules {
  /** As people call it. */
  title: string;
  accounts: readonly DemoAccount[];
  /** What is granted to whoever asks for `asked`: some platforms add scopes, or have settled them beforehand. */
  scopesFor: (asked: readonly string[]) => string[];
  /** What scopes mean, in words for people. */
  scopeTexts: Readonly<Record<string, Readonly<Record<Language, string>>>>;
  /** People may untick scopes. */
  isGranular?: boolean;
  /** Besides what all platforms want. */
  requiredParameters?: readonly string[];
  /** Tokens are good only together with the `device_id` that the browser brings back. */
  bindsDevice?: boolean;
  /** Whether a refresh token comes of it. */
  isOffline?: (query: URLSearchParams, isFirstConsent: boolean) => boolean;
  /** What the browser brings back besides `code` and `state`. */
  callbackExtras?: (grant: { scopes: readonly string[]; deviceId: string | null }) => Record<string, string>;
}

export interface ReturnAddress {
  redirectUri: string;
  /** As it came. */
  state: string | null;
}

export interface AuthorizationRequest extends ReturnAddress {
  clientId: string;
  scopes: string[];
  challenge: string | null;
}

/** What is wrong with a request that must not be answered by a redirect. */
export type PageFault = 'client' | 'redirectUri' | 'account';

export type ReadRequest =
  | { kind: 'good'; request: AuthorizationRequest }
  | { kind: 'page'; fault: PageFault }
  | { kind: 'redirect'; to: ReturnAddress; error: string; description: string };

/** Reads the query of a consent page as RFC 6749 (4.1.1) and RFC 7636 say. */
export function readAuthorizationRequest(query: URLSearchParams, rules: ConsentRules): ReadRequest {
  const clientId = query.get('client_id');
  if (clientId === null || !isKnownClient(clientId)) return { kind: 'page', fault: 'client' };
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!isWebAddress(redirectUri)) return { kind: 'page', fault: 'redirectUri' };
  const to = { redirectUri, state: query.get('state') };
  const refused = (error: string, description: string): ReadRequest => ({ kind: 'redirect', to, error, description });

  if (query.get('response_type') !== 'code') return refused('unsupported_response_type', 'response_type must be code');
  const missing = rules.requiredParameters?.find((name) => !query.get(name));
  if (missing !== undefined) return refused('invalid_request', `Missing required parameter: ${missing}`);
  const challenge = query.get('code_challenge');
  if (challenge !== null && (!isChallenge(challenge) || query.get('code_challenge_method')?.toUpperCase() !== 'S256')) {
    return refused('invalid_request', 'code_challenge must be an S256');
  }
  const asked = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  return { kind: 'good', request: { ...to, clientId, scopes: rules.scopesFor(asked), challenge } };
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hash } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && hash === '';
}
