import type { Clock } from '../../../platform/clock/clock.js';
import type { SandboxState } from '../../state/state.js';
import { type Answer, ok } from '../answer.js';
import type { Exchange } from '../exchange.js';
import type { ConsentRules } from '../oauth/authorization-request.js';
import { OAUTH_BEHAVIOURS } from '../oauth/behaviours.js';
import { type IdentityRules, identityRoute } from '../oauth/identity.js';
import { oauthStandIn } from '../oauth/oauth-stand-in.js';
import { tokenOfHeader } from '../oauth/parameters.js';
import { Refusal, type RefusalReason } from '../oauth/refusal.js';
import type { TokenRules } from '../oauth/token-endpoint.js';
import { Tokens } from '../oauth/tokens.js';
import type { StandIn } from '../stand-in.js';
import { accountOf, ZOOM_ACCOUNTS } from './accounts.js';

const API = 'zoom';
const ACCESS_SEC = 3600;

/** What the client was registered with: requests do not name scopes. */
const SCOPES = ['recording:read', 'recording:write', 'user:read'];
const SERVER_SCOPES = SCOPES.map((scope) => `${scope}:admin`);

const CODES: Readonly<Record<RefusalReason, number>> = {
  client: 4702,
  grantType: 4705,
  parameter: 4706,
  code: 4734,
  redirectUri: 4709,
  verifier: 4734,
  refreshToken: 4711,
  device: 4700,
};

const CONSENT: ConsentRules = {
  title: 'Zoom',
  accounts: ZOOM_ACCOUNTS,
  scopesFor: () => SCOPES,
  scopeTexts: {
    'recording:read': { en: 'View your recordings', ru: 'Видеть ваши записи' },
    'recording:write': { en: 'Change and delete your recordings', ru: 'Менять и удалять ваши записи' },
    'user:read': { en: 'View your profile', ru: 'Видеть ваш профиль' },
  },
};

const TOKEN: TokenRules = {
  client: 'basic',
  accessSec: ACCESS_SEC,
  refreshing: 'rotates',
  supersedes: true,
  serverGrant: {
    type: 'account_credentials',
    grant: (parameters) => {
      const accountId = parameters.get('account_id');
      if (!accountId) throw new Refusal('parameter', 'Bad Request');
      return { accountId, scopes: SERVER_SCOPES, deviceId: null };
    },
  },
  body: ({ grant, accessToken, refreshToken }, request) => ({
    access_token: accessToken,
    token_type: 'bearer',
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    expires_in: ACCESS_SEC,
    scope: grant.scopes.join(' '),
    api_url: `http://${request.get('host') ?? ''}${request.baseUrl}`,
  }),
  refused: ({ reason, error, message }) => ({
    status: reason === 'client' ? 401 : 400,
    body: { reason: message, error, code: CODES[reason] },
  }),
};

const ME: IdentityRules = {
  tokenOf: (request) => tokenOfHeader(request, 'Bearer'),
  needs: {
    oneOf: ['user:read', 'user:read:admin'],
    lacking: zoomError(400, 4711, 'Invalid access token, does not contain scopes:[user:read, user:read:admin].'),
  },
  refused: (why) => zoomError(401, 124, why === 'expired' ? 'Access token is expired.' : 'Invalid access token.'),
  answer: (token) => {
    const { id, name, firstName, lastName, email, accountId } = accountOf(token.accountId);
    return ok({
      id,
      first_name: firstName,
      last_name: lastName,
      display_name: name,
      email,
      type: 2,
      role_name: 'Owner',
      timezone: 'Europe/Moscow',
      verified: 1,
      account_id: accountId,
      status: 'active',
    });
  },
};

/** Zoom's authorisation for people and for servers, and `/users/me`. */
export function zoomStandIn(exchange: Exchange, state: SandboxState, clock: Clock): StandIn {
  const tokens = new Tokens(API, state, clock, { code: 'zc_', access: 'za_', refresh: 'zr_' });
  return oauthStandIn(exchange, {
    api: API,
    behaviours: OAUTH_BEHAVIOURS,
    tokens,
    consent: { path: '/oauth/authorize', ...CONSENT },
    token: { path: '/oauth/token', ...TOKEN },
    routes: [{ methods: ['get'], path: '/v2/users/me', ask: identityRoute(tokens, ME) }],
  });
}

function zoomError(status: number, code: number, message: string): Answer {
  return { status, body: { code, message } };
}
