import type { Clock } from '../../../platform/clock/clock.js';
import type { SandboxState } from '../../state/state.js';
import { type Answer, ok } from '../answer.js';
import type { Exchange } from '../exchange.js';
import type { ConsentRules, DemoAccount } from '../oauth/authorization-request.js';
import { OAUTH_BEHAVIOURS } from '../oauth/behaviours.js';
import { type IdentityRules, identityRoute } from '../oauth/identity.js';
import { oauthStandIn } from '../oauth/oauth-stand-in.js';
import { tokenOfHeader } from '../oauth/parameters.js';
import type { TokenRules } from '../oauth/token-endpoint.js';
import { Tokens } from '../oauth/tokens.js';
import type { StandIn } from '../stand-in.js';

const API = 'yandex';
const YEAR_SEC = 31_536_000;
const GB = 1024 ** 3;

/** What the client was registered with, for requests that name none. */
const SCOPES = ['cloud_api:disk.info', 'cloud_api:disk.read', 'cloud_api:disk.write'];

const ACCOUNTS: readonly DemoAccount[] = [
  { id: '1130000000000001', name: 'Анна Песочникова', detail: 'anna.sandbox' },
  { id: '1130000000000002', name: 'Иван Пробный', detail: 'ivan.sandbox' },
];

const CONSENT: ConsentRules = {
  title: 'Yandex ID',
  accounts: ACCOUNTS,
  scopesFor: (asked) => (asked.length === 0 ? SCOPES : [...asked]),
  scopeTexts: {
    'cloud_api:disk.info': { en: 'See how full your Disk is', ru: 'Видеть, сколько места занято на Диске' },
    'cloud_api:disk.read': { en: 'Read all of your Disk', ru: 'Читать весь Диск' },
    'cloud_api:disk.write': { en: 'Write anywhere on your Disk', ru: 'Писать в любом месте на Диске' },
    'cloud_api:disk.app_folder': { en: 'Use a folder of its own', ru: 'Пользоваться своей папкой на Диске' },
  },
};

const TOKEN: TokenRules = {
  client: 'either',
  accessSec: YEAR_SEC,
  refreshing: 'repeats',
  body: ({ grant, accessToken, refreshToken }) => ({
    access_token: accessToken,
    expires_in: YEAR_SEC,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    token_type: 'bearer',
    scope: grant.scopes.join(' '),
  }),
  refused: ({ error, message }) => ({ status: 400, body: { error, error_description: message } }),
};

/** `Bearer` is refused: Yandex has a scheme of its own. */
const DISK: IdentityRules = {
  tokenOf: (request) => tokenOfHeader(request, 'OAuth'),
  needs: { oneOf: SCOPES, lacking: diskError(403, 'ForbiddenError', 'Доступ запрещён.') },
  refused: () => diskError(401, 'UnauthorizedError', 'Не авторизован.'),
  answer: ({ accountId }) => {
    const account = ACCOUNTS.find(({ id }) => id === accountId);
    return ok({
      max_file_size: GB,
      unlimited_autoupload_enabled: false,
      total_space: 10 * GB,
      trash_size: 0,
      is_paid: false,
      used_space: 2 * GB,
      system_folders: { downloads: 'disk:/Загрузки/', applications: 'disk:/Приложения' },
      user: { country: 'ru', login: account?.detail, display_name: account?.name, uid: accountId },
      revision: 1_700_000_000_000_000,
    });
  },
};

/** Yandex ID, and the route of the Disk that tells whose token it is. */
export function yandexStandIn(exchange: Exchange, state: SandboxState, clock: Clock): StandIn {
  const tokens = new Tokens(API, state, clock, { code: 'yc_', access: 'y0_', refresh: '1:' });
  return oauthStandIn(exchange, {
    api: API,
    behaviours: OAUTH_BEHAVIOURS,
    tokens,
    consent: { path: '/authorize', ...CONSENT },
    token: { path: '/token', ...TOKEN },
    routes: [{ methods: ['get'], path: '/v1/disk', ask: identityRoute(tokens, DISK) }],
  });
}

function diskError(status: number, error: string, message: string): Answer {
  return { status, body: { message, description: error.replace(/Error$/, ''), error } };
}
