import type { HttpClient } from '../../../../platform/http/index.js';
import type { StandIns } from '../../../../platform/stand-ins/stand-ins.js';
import type { Platform } from '../platform.js';
import type { PlatformsConfig } from '../platforms.config.js';
import { bearer } from '../protocol/grants.js';
import { numberOf, textOf } from '../protocol/json.js';
import { identityOf, type Refusal, unauthorized, whoAmI } from '../protocol/who-am-i.js';
import { serverToServerToken, zoomDoor, zoomOAuth } from './zoom-oauth.js';

const SCOPE_CODES = new Set([4700, 4711]);

const refusal: Refusal = (status, json) =>
  SCOPE_CODES.has(numberOf(json.code) ?? 0) ? 'missing_scope' : unauthorized(status, json);

export function zoomPlatform(http: HttpClient, config: PlatformsConfig, standIns: StandIns): Platform {
  const door = zoomDoor(config, standIns);
  return {
    name: 'zoom',
    forms: [
      {
        name: 'serverToServer',
        fields: [
          { name: 'accountId', required: true, description: 'Account ID of a server-to-server OAuth app' },
          { name: 'clientId', required: true, description: 'Client ID of that app' },
          { name: 'clientSecret', required: true, description: 'Client secret of that app' },
          {
            name: 'webhookSecret',
            required: false,
            description: 'Secret token of its event subscriptions, by which webhooks are checked',
          },
        ],
      },
    ],
    oauth: zoomOAuth(http, door),
    grant: bearer,
    obtain: (secrets) => serverToServerToken(http, door, secrets),
    identify: async ({ authorization }) => {
      const url = `${door.urls.api}/users/me`;
      const { id, email, display_name: name } = await whoAmI(http, { url, headers: { authorization } }, refusal);
      return identityOf(url, textOf(id), textOf(email), textOf(name));
    },
  };
}
