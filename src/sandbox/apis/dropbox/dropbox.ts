import type { Clock } from '../../../platform/clock/clock.js';
import type { SandboxState } from '../../state/state.js';
import type { Exchange } from '../exchange.js';
import type { ConsentRules } from '../oauth/authorization-request.js';
import { OAUTH_BEHAVIOURS } from '../oauth/behaviours.js';
import { identityRoute } from '../oauth/identity.js';
import { oauthStandIn } from '../oauth/oauth-stand-in.js';
import type { TokenRules } from '../oauth/token-endpoint.js';
import { Tokens } from '../oauth/tokens.js';
import type { StandIn } from '../stand-in.js';
import { DROPBOX_ACCOUNTS, uidOf } from './accounts.js';
import { BASIC_SCOPE, CURRENT_ACCOUNT } from './current-account.js';

const API = 'dropbox';
const ACCESS_SEC = 14_400;

/** What the client was registered with, for requests that name none. */
const SCOPES = ['files.metadata.read', 'files.content.read', 'files.content.write'];

const CONSENT: ConsentRules = {
  title: 'Dropbox',
  accounts: DROPBOX_ACCOUNTS,
  // The first scope belongs to every client.
  scopesFor: (asked) => [...new Set([BASIC_SCOPE, ...(asked.length === 0 ? SCOPES : asked)])],
  scopeTexts: {
    [BASIC_SCOPE]: { en: 'View who you are', ru: 'Видеть, кто вы' },
    'files.metadata.read': { en: 'View names of your files', ru: 'Видеть названия ваших файлов' },
    'files.content.read': { en: 'Read your files', ru: 'Читать ваши файлы' },
    'files.content.write': { en: 'Change your files', ru: 'Менять ваши файлы' },
  },
  isOffline: (query) => query.get('token_access_type') === 'offline',
};

const TOKEN: TokenRules = {
  client: 'either',
  accessSec: ACCESS_SEC,
  refreshing: 'omits',
  body: ({ grant, accessToken, refreshToken }) => ({
    access_token: accessToken,
    token_type: 'bearer',
    expires_in: ACCESS_SEC,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    scope: grant.scopes.join(' '),
    uid: uidOf(grant.accountId),
    account_id: grant.accountId,
  }),
  refused: ({ reason, error, message }) => ({
    status: reason === 'client' ? 401 : 400,
    body: { error, error_description: message },
  }),
};

/** Dropbox, and the route that tells whose token it is. */
export function dropboxStandIn(exchange: Exchange, state: SandboxState, clock: Clock): StandIn {
  const tokens = new Tokens(API, state, clock, { code: 'dc_', access: 'sl.', refresh: 'dr_' });
  return oauthStandIn(exchange, {
    api: API,
    behaviours: OAUTH_BEHAVIOURS,
    tokens,
    consent: { path: '/oauth2/authorize', ...CONSENT },
    token: { path: '/oauth2/token', ...TOKEN },
    routes: [{ methods: ['post'], path: '/2/users/get_current_account', ask: identityRoute(tokens, CURRENT_ACCOUNT) }],
  });
}
