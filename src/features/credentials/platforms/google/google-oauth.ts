import type { HttpClient } from '../../../../platform/http/index.js';
import type { SecretForm } from '../platform.js';
import { AuthorizationCodeClient } from '../protocol/authorization-code-client.js';
import { listOf, objectOf } from '../protocol/json.js';
import { type Refusal, unauthorized } from '../protocol/who-am-i.js';
import type { GoogleDoor } from './google-door.js';

/** One application for all of Google; what it may do, the scopes say. All of them are needed. */
export function googleOAuth(http: HttpClient, { urls, app, available }: GoogleDoor, names: readonly string[]) {
  const scopes = names.map((name) => `https://www.googleapis.com/auth/${name}`);
  return new AuthorizationCodeClient(http, {
    available,
    app,
    authorizeUrl: urls.authorize,
    tokenUrl: urls.token,
    clientAuth: 'body',
    scopes,
    needed: scopes,
    // A refresh token comes with the first consent only, unless consent is asked for anew.
    authorizeParams: { access_type: 'offline', prompt: 'consent' },
  });
}

export const googleForms: readonly SecretForm[] = [
  {
    name: 'refreshToken',
    fields: [
      {
        name: 'refreshToken',
        required: true,
        description: 'Refresh token that Google has given to the OAuth client of this service',
      },
    ],
  },
];

const REFUSALS: Readonly<Record<string, string>> = {
  youtubeSignupRequired: 'no_channel',
  insufficientPermissions: 'missing_scope',
  authenticatedUserAccountClosed: 'account_closed',
  authenticatedUserAccountSuspended: 'account_suspended',
};

/** Google's errors go by the reason of the first of them. */
export const googleRefusal: Refusal = (status, json) => {
  const { reason } = objectOf(listOf(objectOf(json.error).errors)[0]);
  return (typeof reason === 'string' ? REFUSALS[reason] : undefined) ?? unauthorized(status, json);
};
