import type { HttpClient } from '../../../../platform/http/index.js';
import type { StandIns } from '../../../../platform/stand-ins/stand-ins.js';
import type { Identity, Platform } from '../platform.js';
import type { PlatformsConfig } from '../platforms.config.js';
import { bearer } from '../protocol/grants.js';
import { listOf, numberOf, objectOf, textOf } from '../protocol/json.js';
import { identityOf, type Refusal, whoAmI } from '../protocol/who-am-i.js';
import { PlatformUnavailable } from '../protocol/platform-unavailable.js';
import { type VkDoor, vkDoor } from './vk-door.js';
import { VkOAuth } from './vk-oauth.js';

const API_VERSION = '5.199';

/** Authorisation of the user, of the community, of the application failed. */
const AUTHORISATION_FAILED = new Set([5, 27, 28]);
const TOKEN_ERRORS = new Set(['invalid_token', 'invalid_grant', 'access_denied']);

export function vkVideoPlatform(http: HttpClient, config: PlatformsConfig, standIns: StandIns): Platform {
  const door = vkDoor(config, standIns);
  return {
    name: 'vk_video',
    forms: [
      {
        name: 'accessToken',
        fields: [{ name: 'accessToken', required: true, description: 'User token with the right «video»' }],
      },
      {
        name: 'refreshToken',
        fields: [
          {
            name: 'refreshToken',
            required: true,
            description: 'Refresh token that VK ID has given to the application of this service; it is good once',
          },
          { name: 'deviceId', required: true, description: 'The device_id that came with it' },
        ],
      },
    ],
    oauth: new VkOAuth(http, door),
    grant: bearer,
    // VK ID knows only the tokens that it has made, and these have a device.
    identify: ({ token }, { deviceId }) =>
      deviceId === undefined ? userOfToken(http, door, token) : userOfVkId(http, door, token),
  };
}

async function userOfVkId(http: HttpClient, { urls, app }: VkDoor, token: string): Promise<Identity> {
  const url = `${urls.oauth}/oauth2/user_info`;
  const form = { client_id: app.clientId, access_token: token };
  const answer = await whoAmI(http, { method: 'POST', url, body: { form } }, refusalOfVkId);
  return userIdentity(url, answer.user, 'user_id');
}

async function userOfToken(http: HttpClient, { urls }: VkDoor, token: string): Promise<Identity> {
  const url = `${urls.api}/method/users.get`;
  const form = { access_token: token, v: API_VERSION };
  const answer = await whoAmI(http, { method: 'POST', url, body: { form } }, refusalOfApi);
  if (answer.error !== undefined) {
    const code = numberOf(objectOf(answer.error).error_code) ?? 0;
    throw new PlatformUnavailable(new URL(url).host, `answered error ${code}`);
  }
  return userIdentity(url, listOf(answer.response)[0], 'id');
}

function userIdentity(url: string, user: unknown, idField: string): Identity {
  const { [idField]: id, first_name: first, last_name: last } = objectOf(user);
  const name = [textOf(first), textOf(last)].filter((part) => part !== null).join(' ');
  return identityOf(url, textOf(id), textOf(name));
}

const refusalOfVkId: Refusal = (status, { error }) =>
  status === 401 || (typeof error === 'string' && TOKEN_ERRORS.has(error)) ? 'unauthorized' : null;

const refusalOfApi: Refusal = (status, { error }) =>
  status === 401 || AUTHORISATION_FAILED.has(numberOf(objectOf(error).error_code) ?? 0) ? 'unauthorized' : null;
