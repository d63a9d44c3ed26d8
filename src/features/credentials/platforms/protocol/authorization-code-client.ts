import type { HttpClient } from '../../../../platform/http/index.js';
import { type OAuthClient, OAuthRefused, type Secrets, type TokenSet } from '../platform.js';
import type { OAuthApp } from './door.js';
import type { JsonObject } from './json.js';
import { askForTokens } from './token-endpoint.js';
import { urlWith } from './url-with.js';

/** What of RFC 6749 and its PKCE differs from one authorisation server to the next. */
export interface AuthorizationServer {
  available: true | string;
  app: OAuthApp;
  authorizeUrl: string;
  tokenUrl: string;
  /** How our application says who it is: in the header, or among the fields. */
  clientAuth: 'basic' | 'body';
  /** What is asked for. Empty: what the application was registered with. */
  scopes: readonly string[];
  /** Those without which the tokens are worth nothing; people may untick single ones. */
  needed: readonly string[];
  /** Its own parameters of the consent page. */
  authorizeParams?: Readonly<Record<string, string>>;
  refusalOf?: (answer: JsonObject) => string | null;
}

export class AuthorizationCodeClient implements OAuthClient {
  readonly available: true | string;

  constructor(
    private readonly http: HttpClient,
    private readonly server: AuthorizationServer,
  ) {
    this.available = server.available;
  }

  authorizationUrl({ state, challenge, redirectUri }: Parameters<OAuthClient['authorizationUrl']>[0]): string {
    const { app, authorizeUrl, authorizeParams, scopes } = this.server;
    return urlWith(authorizeUrl, {
      client_id: app.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...authorizeParams,
    });
  }

  async exchange({ query, verifier, redirectUri }: Parameters<OAuthClient['exchange']>[0]): Promise<TokenSet> {
    const tokens = await this.ask({
      grant_type: 'authorization_code',
      code: query.code ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    // A server that names no scopes grants what was asked for.
    const { scopes } = tokens;
    if (scopes && !this.server.needed.every((scope) => scopes.includes(scope))) throw new OAuthRefused('missing_scope');
    return tokens;
  }

  async refresh({ refreshToken = '' }: Secrets): Promise<TokenSet> {
    return this.ask({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  private async ask(form: Record<string, string>): Promise<TokenSet> {
    const { app, clientAuth, tokenUrl, refusalOf } = this.server;
    const question =
      clientAuth === 'basic'
        ? { form, headers: { authorization: basic(app) } }
        : { form: { ...form, client_id: app.clientId, client_secret: app.clientSecret } };
    return (await askForTokens(this.http, { url: tokenUrl, refusalOf, ...question })).tokens;
  }
}

export function basic({ clientId, clientSecret }: OAuthApp): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}
