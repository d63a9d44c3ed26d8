import type { HttpClient } from '../../../../platform/http/index.js';
import type { Platform } from '../platform.js';
import { bearer } from '../protocol/grants.js';
import { objectOf, textOf } from '../protocol/json.js';
import { identityOf, whoAmI } from '../protocol/who-am-i.js';
import type { GoogleDoor } from './google-door.js';
import { googleForms, googleOAuth, googleRefusal } from './google-oauth.js';

export function googleDrivePlatform(http: HttpClient, door: GoogleDoor): Platform {
  return {
    name: 'google_drive',
    forms: googleForms,
    oauth: googleOAuth(http, door, ['drive.readonly']),
    grant: bearer,
    identify: async ({ authorization }) => {
      const url = `${door.urls.api}/drive/v3/about`;
      const about = await whoAmI(http, { url, query: { fields: 'user' }, headers: { authorization } }, googleRefusal);
      const user = objectOf(about.user);
      const email = textOf(user.emailAddress);
      return identityOf(url, textOf(user.permissionId) ?? email, email, textOf(user.displayName));
    },
  };
}
