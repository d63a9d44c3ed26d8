import type { HttpClient } from '../../../../platform/http/index.js';
import type { StandIns } from '../../../../platform/stand-ins/stand-ins.js';
import { CredentialRefused, OAuthRefused, type Secrets, type TokenSet } from '../platform.js';
import type { PlatformsConfig } from '../platforms.config.js';
import { AuthorizationCodeClient, basic } from '../protocol/authorization-code-client.js';
import { type Door, openDoor } from '../protocol/door.js';
import { type JsonObject, numberOf } from '../protocol/json.js';
import { askForTokens, standardRefusal } from '../protocol/token-endpoint.js';

export type ZoomDoor = Door<'api' | 'oauth'>;

/** Refresh token or code invalid, too old or revoked; its owner gone. Zoom says so by number besides the word, or instead. */
const GRANT_ENDED = new Set([4711, 4733, 4734, 4735, 4741]);
const CLIENT_WRONG = new Set([4702, 4704]);

export function zoomDoor(config: PlatformsConfig, { zoom }: StandIns): ZoomDoor {
  return openDoor({
    app: { clientId: config.zoomClientId, clientSecret: config.zoomClientSecret },
    configured: { api: config.zoomBaseUrl, oauth: config.zoomOAuthUrl },
    real: { api: 'https://api.zoom.us/v2', oauth: 'https://zoom.us' },
    standIn: zoom === undefined ? undefined : { api: `${zoom}/v2`, oauth: zoom },
    needs: 'Set ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET',
  });
}

export function zoomOAuth(http: HttpClient, door: ZoomDoor): AuthorizationCodeClient {
  return new AuthorizationCodeClient(http, {
    available: door.available,
    app: door.app,
    authorizeUrl: `${door.urls.oauth}/oauth/authorize`,
    tokenUrl: tokenUrl(door),
    clientAuth: 'basic',
    // Scopes are those of the application.
    scopes: [],
    needed: [],
    refusalOf,
  });
}

/**
 * The token of a server-to-server app, which belongs to the user: whatever Zoom refuses, it is his to mend.
 * @returns null for secrets of another kind
 * @throws CredentialRefused; PlatformUnavailable; NetworkError
 */
export async function serverToServerToken(
  http: HttpClient,
  door: ZoomDoor,
  secrets: Secrets,
): Promise<TokenSet | null> {
  const { accountId, clientId, clientSecret } = secrets;
  if (accountId === undefined || clientId === undefined || clientSecret === undefined) return null;
  try {
    const { tokens } = await askForTokens(http, {
      url: tokenUrl(door),
      form: { grant_type: 'account_credentials', account_id: accountId },
      headers: { authorization: basic({ clientId, clientSecret }) },
      refusalOf,
    });
    return tokens;
  } catch (error) {
    throw error instanceof OAuthRefused ? new CredentialRefused(error.reason, { cause: error }) : error;
  }
}

function tokenUrl({ urls }: ZoomDoor): string {
  return `${urls.oauth}/oauth/token`;
}

function refusalOf(json: JsonObject): string | null {
  const code = numberOf(json.code ?? json.errorCode) ?? 0;
  if (GRANT_ENDED.has(code)) return 'invalid_grant';
  if (CLIENT_WRONG.has(code)) return 'invalid_client';
  return standardRefusal(json);
}
