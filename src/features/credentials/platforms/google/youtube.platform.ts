import type { HttpClient } from '../../../../platform/http/index.js';
import { CredentialRefused, type Platform } from '../platform.js';
import { bearer } from '../protocol/grants.js';
import { listOf, objectOf, textOf } from '../protocol/json.js';
import { identityOf, whoAmI } from '../protocol/who-am-i.js';
import type { GoogleDoor } from './google-door.js';
import { googleForms, googleOAuth, googleRefusal } from './google-oauth.js';

/** Uploads and thumbnails; playlists and captions; whose channel it is. */
const SCOPES = ['youtube.upload', 'youtube.force-ssl', 'youtube.readonly'];

/** A Google account without a channel is refused with `no_channel`. */
export function youtubePlatform(http: HttpClient, door: GoogleDoor): Platform {
  return {
    name: 'youtube',
    forms: googleForms,
    oauth: googleOAuth(http, door, SCOPES),
    grant: bearer,
    identify: async ({ authorization }) => {
      const url = `${door.urls.api}/youtube/v3/channels`;
      const query = { part: 'snippet', mine: true };
      const { items } = await whoAmI(http, { url, query, headers: { authorization } }, googleRefusal);
      const [first] = listOf(items);
      if (first === undefined) throw new CredentialRefused('no_channel');
      const { id, snippet } = objectOf(first);
      return identityOf(url, textOf(id), textOf(objectOf(snippet).title));
    },
  };
}
