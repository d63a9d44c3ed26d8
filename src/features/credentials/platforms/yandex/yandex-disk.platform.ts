import type { HttpClient } from '../../../../platform/http/index.js';
import type { StandIns } from '../../../../platform/stand-ins/stand-ins.js';
import type { Platform } from '../platform.js';
import type { PlatformsConfig } from '../platforms.config.js';
import { AuthorizationCodeClient } from '../protocol/authorization-code-client.js';
import { type Door, openDoor } from '../protocol/door.js';
import { objectOf, textOf } from '../protocol/json.js';
import { identityOf, type Refusal, whoAmI } from '../protocol/who-am-i.js';

function yandexDoor(config: PlatformsConfig, { yandex }: StandIns): Door<'api' | 'oauth'> {
  return openDoor({
    app: { clientId: config.yandexClientId, clientSecret: config.yandexClientSecret },
    configured: { api: config.yandexDiskBaseUrl, oauth: config.yandexOAuthRoot },
    real: { api: 'https://cloud-api.yandex.net/v1/disk', oauth: 'https://oauth.yandex.ru' },
    standIn: yandex === undefined ? undefined : { api: `${yandex}/v1/disk`, oauth: yandex },
    needs: 'Set YANDEX_CLIENT_ID and YANDEX_CLIENT_SECRET',
  });
}

/** 403 is for tokens of applications that were registered without the rights to a disk. */
const refusal: Refusal = (status) => (status === 401 ? 'unauthorized' : status === 403 ? 'missing_scope' : null);

export function yandexDiskPlatform(http: HttpClient, config: PlatformsConfig, standIns: StandIns): Platform {
  const { urls, app, available } = yandexDoor(config, standIns);
  return {
    name: 'yandex_disk',
    forms: [
      {
        name: 'accessToken',
        fields: [
          {
            name: 'accessToken',
            required: true,
            description: 'OAuth token with the rights cloud_api:disk.read and cloud_api:disk.info',
          },
        ],
      },
    ],
    oauth: new AuthorizationCodeClient(http, {
      available,
      app,
      authorizeUrl: `${urls.oauth}/authorize`,
      tokenUrl: `${urls.oauth}/token`,
      clientAuth: 'body',
      // Rights are those of the application; Yandex shows them all.
      scopes: [],
      needed: [],
    }),
    // Not «Bearer».
    grant: ({ accessToken }) =>
      accessToken === undefined ? null : { authorization: `OAuth ${accessToken}`, token: accessToken },
    identify: async ({ authorization }) => {
      const question = { url: urls.api, query: { fields: 'user' }, headers: { authorization } };
      const user = objectOf((await whoAmI(http, question, refusal)).user);
      const login = textOf(user.login);
      return identityOf(urls.api, textOf(user.uid) ?? login, login, textOf(user.display_name));
    },
  };
}
