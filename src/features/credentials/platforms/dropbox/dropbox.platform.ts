import type { HttpClient } from '../../../../platform/http/index.js';
import type { StandIns } from '../../../../platform/stand-ins/stand-ins.js';
import type { Platform } from '../platform.js';
import type { PlatformsConfig } from '../platforms.config.js';
import { AuthorizationCodeClient } from '../protocol/authorization-code-client.js';
import { type Door, openDoor } from '../protocol/door.js';
import { bearer } from '../protocol/grants.js';
import { objectOf, textOf } from '../protocol/json.js';
import { identityOf, type Refusal, whoAmI } from '../protocol/who-am-i.js';

const NEEDED = ['files.metadata.read', 'files.content.read'];

function dropboxDoor(config: PlatformsConfig, { dropbox }: StandIns): Door<'api' | 'content' | 'consent'> {
  return openDoor({
    app: { clientId: config.dropboxClientId, clientSecret: config.dropboxClientSecret },
    configured: {
      api: config.dropboxApiRoot,
      content: config.dropboxContentRoot,
      consent: config.dropboxOAuthRoot,
    },
    real: {
      api: 'https://api.dropboxapi.com',
      content: 'https://content.dropboxapi.com',
      consent: 'https://www.dropbox.com',
    },
    standIn: dropbox === undefined ? undefined : { api: dropbox, content: dropbox, consent: dropbox },
    needs: 'Set DROPBOX_CLIENT_ID and DROPBOX_CLIENT_SECRET',
  });
}

/** 401 has its reason in the tag. */
const refusal: Refusal = (status, json) => {
  if (status !== 401) return null;
  return objectOf(json.error)['.tag'] === 'missing_scope' ? 'missing_scope' : 'unauthorized';
};

export function dropboxPlatform(http: HttpClient, config: PlatformsConfig, standIns: StandIns): Platform {
  const { urls, app, available } = dropboxDoor(config, standIns);
  return {
    name: 'dropbox',
    forms: [
      {
        name: 'accessToken',
        fields: [
          { name: 'accessToken', required: true, description: 'Access token; those that Dropbox makes today last 4 h' },
        ],
      },
      {
        name: 'refreshToken',
        fields: [
          {
            name: 'refreshToken',
            required: true,
            description: 'Refresh token that Dropbox has given to the OAuth client of this service',
          },
        ],
      },
    ],
    oauth: new AuthorizationCodeClient(http, {
      available,
      app,
      authorizeUrl: `${urls.consent}/oauth2/authorize`,
      tokenUrl: `${urls.api}/oauth2/token`,
      clientAuth: 'body',
      scopes: ['account_info.read', ...NEEDED],
      needed: NEEDED,
      // Without it there is no refresh token.
      authorizeParams: { token_access_type: 'offline' },
    }),
    grant: bearer,
    identify: async ({ authorization }) => {
      const url = `${urls.api}/2/users/get_current_account`;
      const question = { method: 'POST', url, headers: { authorization }, body: { json: null } } as const;
      const account = await whoAmI(http, question, refusal);
      return identityOf(
        url,
        textOf(account.account_id),
        textOf(account.email),
        textOf(objectOf(account.name).display_name),
      );
    },
  };
}
