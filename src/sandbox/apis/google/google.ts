import type { Clock } from '../../../platform/clock/clock.js';
import type { SandboxState } from '../../state/state.js';
import { type Answer, ok } from '../answer.js';
import type { Ask, Exchange } from '../exchange.js';
import type { ConsentRules } from '../oauth/authorization-request.js';
import { isAboutCall, OAUTH_BEHAVIOURS } from '../oauth/behaviours.js';
import { identityRoute } from '../oauth/identity.js';
import { oauthStandIn } from '../oauth/oauth-stand-in.js';
import { parametersOf } from '../oauth/parameters.js';
import type { Refusal } from '../oauth/refusal.js';
import type { TokenRules } from '../oauth/token-endpoint.js';
import { Tokens } from '../oauth/tokens.js';
import type { StandIn } from '../stand-in.js';
import { GOOGLE_ACCOUNTS } from './accounts.js';
import { ABOUT } from './drive.js';
import { SCOPE_TEXTS } from './scope-texts.js';
import { CHANNEL_BEHAVIOURS, CHANNELS } from './youtube.js';

const API = 'google';
const ACCESS_SEC = 3599;

const CONSENT: ConsentRules = {
  title: 'Google',
  accounts: GOOGLE_ACCOUNTS,
  scopesFor: (asked) => [...asked],
  scopeTexts: SCOPE_TEXTS,
  isGranular: true,
  requiredParameters: ['scope'],
  isOffline: (query, isFirstConsent) =>
    query.get('access_type') === 'offline' &&
    (isFirstConsent || (query.get('prompt') ?? '').split(' ').includes('consent')),
  callbackExtras: ({ scopes }) => ({ scope: scopes.join(' ') }),
};

const TOKEN: TokenRules = {
  client: 'either',
  accessSec: ACCESS_SEC,
  refreshing: 'omits',
  body: ({ grant, accessToken, refreshToken }) => ({
    access_token: accessToken,
    expires_in: ACCESS_SEC,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    scope: grant.scopes.join(' '),
    token_type: 'Bearer',
  }),
  refused,
};

/** Google's accounts, with the routes of YouTube and Drive that tell whose token it is. */
export function googleStandIn(exchange: Exchange, state: SandboxState, clock: Clock): StandIn {
  const tokens = new Tokens(API, state, clock, { code: '4/0', access: 'ya29.', refresh: '1//0' });
  return oauthStandIn(exchange, {
    api: API,
    behaviours: { ...OAUTH_BEHAVIOURS, ...CHANNEL_BEHAVIOURS },
    tokens,
    consent: { path: '/o/oauth2/v2/auth', ...CONSENT },
    token: { path: '/token', ...TOKEN },
    routes: [
      { methods: ['post'], path: '/revoke', ask: revocation(tokens) },
      { methods: ['get'], path: '/youtube/v3/channels', ask: identityRoute(tokens, CHANNELS) },
      { methods: ['get'], path: '/drive/v3/about', ask: identityRoute(tokens, ABOUT) },
    ],
  });
}

function refused({ reason, error, message }: Refusal): Answer {
  if (reason === 'redirectUri') return answer(400, 'redirect_uri_mismatch', 'Bad Request');
  if (reason === 'refreshToken') return answer(400, error, 'Token has been expired or revoked.');
  return answer(reason === 'client' ? 401 : 400, error, message);
}

/** Either token of an account ends all that it has allowed. */
function revocation(tokens: Tokens): Ask {
  return {
    takes: (behaviour) => isAboutCall(behaviour),
    answer: (request) => {
      const token = tokens.find(parametersOf(request).get('token') ?? '');
      if (!token) return answer(400, 'invalid_token', 'Token expired or revoked');
      tokens.revoke(token.accountId);
      return ok({});
    },
  };
}

const answer = (status: number, error: string, description: string): Answer => ({
  status,
  body: { error, error_description: description },
});
