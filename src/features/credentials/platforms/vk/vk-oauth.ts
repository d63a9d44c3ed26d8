import { randomBytes } from 'node:crypto';
import type { HttpClient } from '../../../../platform/http/index.js';
import { type OAuthClient, OAuthRefused, type Secrets, type TokenSet } from '../platform.js';
import type { JsonObject } from '../protocol/json.js';
import { askForTokens, standardRefusal } from '../protocol/token-endpoint.js';
import { urlWith } from '../protocol/url-with.js';
import type { VkDoor } from './vk-door.js';

const SCOPES = ['vkid.personal_info', 'video', 'wall', 'photos', 'groups'];
const NEEDED = 'video';

/**
 * VK ID (OAuth 2.1). Its tokens belong to the device that the callback names, every answer must carry the state of its
 * question, refresh tokens are good once, and errors come with status 200, too.
 */
export class VkOAuth implements OAuthClient {
  readonly available: true | string;

  constructor(
    private readonly http: HttpClient,
    private readonly door: VkDoor,
  ) {
    this.available = door.available;
  }

  authorizationUrl({ state, challenge, redirectUri }: Parameters<OAuthClient['authorizationUrl']>[0]): string {
    return urlWith(`${this.door.urls.oauth}/authorize`, {
      client_id: this.door.app.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: SCOPES.join(' '),
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
  }

  async exchange({ query, verifier, redirectUri, state }: Parameters<OAuthClient['exchange']>[0]): Promise<TokenSet> {
    const { code = '', device_id: deviceId } = query;
    if (deviceId === undefined || deviceId === '') throw new OAuthRefused('device_id_missing');
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri };
    const tokens = await this.ask({ ...form, device_id: deviceId, state });
    if (tokens.scopes && !tokens.scopes.includes(NEEDED)) throw new OAuthRefused('missing_scope');
    return { ...tokens, extra: { deviceId } };
  }

  async refresh({ refreshToken = '', deviceId = '' }: Secrets): Promise<TokenSet> {
    const state = randomBytes(32).toString('base64url');
    return this.ask({ grant_type: 'refresh_token', refresh_token: refreshToken, device_id: deviceId, state });
  }

  private async ask(form: Record<string, string> & { state: string }): Promise<TokenSet> {
    const { tokens, json } = await askForTokens(this.http, {
      url: `${this.door.urls.oauth}/oauth2/auth`,
      form: { ...form, client_id: this.door.app.clientId },
      refusalOf,
    });
    if (json.state !== form.state) throw new OAuthRefused('state_mismatch');
    return tokens;
  }
}

/** A refresh token that is used up or too old is also called an invalid token. */
function refusalOf(json: JsonObject): string | null {
  const refusal = standardRefusal(json);
  return refusal === 'invalid_token' ? 'invalid_grant' : refusal;
}
