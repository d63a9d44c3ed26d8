import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock/clock.js';
import type { SandboxState } from '../../state/state.js';
import { ok } from '../answer.js';
import type { Exchange } from '../exchange.js';
import type { ConsentRules } from '../oauth/authorization-request.js';
import { OAUTH_BEHAVIOURS } from '../oauth/behaviours.js';
import { identityRoute } from '../oauth/identity.js';
import { oauthStandIn } from '../oauth/oauth-stand-in.js';
import { parametersOf } from '../oauth/parameters.js';
import type { TokenRules } from '../oauth/token-endpoint.js';
import { CODE_SEC, Tokens } from '../oauth/tokens.js';
import type { StandIn } from '../stand-in.js';
import { VK_ACCOUNTS } from './accounts.js';
import { USER_INFO, USERS_GET } from './identity.js';

const API = 'vk';
const ACCESS_SEC = 3600;
const BASIC_SCOPE = 'vkid.personal_info';

const CONSENT: ConsentRules = {
  title: 'VK ID',
  accounts: VK_ACCOUNTS,
  scopesFor: (asked) => (asked.length === 0 ? [BASIC_SCOPE] : [...asked]),
  scopeTexts: {
    [BASIC_SCOPE]: { en: 'See your name and photo', ru: 'Видеть ваше имя и фото' },
    video: { en: 'Manage your videos', ru: 'Управлять вашими видео' },
    wall: { en: 'Post on your wall', ru: 'Публиковать записи на вашей стене' },
    photos: { en: 'Manage your photos', ru: 'Управлять вашими фото' },
    groups: { en: 'See your communities', ru: 'Видеть ваши сообщества' },
  },
  requiredParameters: ['state', 'code_challenge'],
  bindsDevice: true,
  callbackExtras: ({ deviceId }) => ({
    type: 'code_v2',
    expires_in: String(CODE_SEC),
    device_id: deviceId ?? '',
    ext_id: randomBytes(12).toString('base64url'),
  }),
};

const TOKEN: TokenRules = {
  client: 'public',
  accessSec: ACCESS_SEC,
  refreshing: 'rotates',
  body: ({ grant, accessToken, refreshToken }, request) => ({
    access_token: accessToken,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    id_token: `sandbox.${randomBytes(24).toString('base64url')}`,
    token_type: 'Bearer',
    expires_in: ACCESS_SEC,
    user_id: Number(grant.accountId),
    ...stateOf(parametersOf(request)),
    scope: grant.scopes.join(' '),
  }),
  // An answer of 200 is all that its errors have in common with success.
  refused: ({ error, message }, parameters) => ok({ error, error_description: message, ...stateOf(parameters) }),
};

/** VK ID (OAuth 2.1), and the method of the API that tells whose token it is. */
export function vkStandIn(exchange: Exchange, state: SandboxState, clock: Clock): StandIn {
  const tokens = new Tokens(API, state, clock, { code: 'vk2.', access: 'vk2.a.', refresh: 'vk2.r.' });
  return oauthStandIn(exchange, {
    api: API,
    behaviours: OAUTH_BEHAVIOURS,
    tokens,
    consent: { path: '/authorize', ...CONSENT },
    token: { path: '/oauth2/auth', ...TOKEN },
    routes: [
      { methods: ['post'], path: '/oauth2/user_info', ask: identityRoute(tokens, USER_INFO) },
      { methods: ['get', 'post'], path: '/method/users.get', ask: identityRoute(tokens, USERS_GET) },
    ],
  });
}

/** It comes back as it was sent, in failures, too. */
function stateOf(parameters: URLSearchParams): { state?: string } {
  const state = parameters.get('state');
  return state === null ? {} : { state };
}
