import type { Request } from 'express';
import type { OAuthToken } from '../../state/records.js';
import type { Answer } from '../answer.js';
import type { Ask } from '../exchange.js';
import type { Script } from '../scripts.js';
import { EXCHANGE_BEHAVIOURS, isAboutCall, TOKEN_BEHAVIOURS } from './behaviours.js';
import { type ClientProof, provesItself } from './client.js';
import { parametersOf } from './parameters.js';
import { verifies } from './pkce.js';
import { Refusal } from './refusal.js';
import type { Grant, Tokens } from './tokens.js';

export interface Issued {
  grant: Grant;
  accessToken: string;
  /** Null: none, or none that the answer would tell. */
  refreshToken: string | null;
}

/** What is a platform's own about its token endpoint. */
export interface TokenRules {
  client: ClientProof;
  accessSec: number;
  /** What the answer to a refresh says of the refresh token: a new one (and the old one ends), the same, nothing. */
  refreshing: 'rotates' | 'repeats' | 'omits';
  /** A new consent of an account ends its earlier tokens. */
  supersedes?: boolean;
  /** A grant type for servers, without a person: whose access token it gives. */
  serverGrant?: { type: string; grant: (parameters: URLSearchParams) => Grant };
  body: (issued: Issued, request: Request) => object;
  refused: (refusal: Refusal, parameters: URLSearchParams) => Answer;
}

/** Exchanges codes and refresh tokens for tokens, RFC 6749. */
export class TokenEndpoint implements Ask {
  constructor(
    private readonly tokens: Tokens,
    private readonly rules: TokenRules,
  ) {}

  /** A wrong client is refused whatever is scripted. */
  readonly refuse = (request: Request): Answer | null => {
    const parameters = parametersOf(request);
    if (provesItself(request, parameters, this.rules.client)) return null;
    return this.rules.refused(new Refusal('client', 'Invalid client_id or client_secret'), parameters);
  };

  readonly takes = (behaviour: string, request: Request): boolean => {
    const isRefresh = parametersOf(request).get('grant_type') === 'refresh_token';
    return isAboutCall(behaviour, TOKEN_BEHAVIOURS, ...(isRefresh ? [] : [EXCHANGE_BEHAVIOURS]));
  };

  readonly answer = (request: Request, script: Script): Answer => {
    const parameters = parametersOf(request);
    try {
      const body = this.rules.body(this.issue(parameters, script), request);
      return { status: 200, headers: { 'cache-control': 'no-store' }, body };
    } catch (error) {
      if (error instanceof Refusal) return this.rules.refused(error, parameters);
      throw error;
    }
  };

  private issue(parameters: URLSearchParams, script: Script): Issued {
    const grantType = required(parameters, 'grant_type');
    const { serverGrant } = this.rules;
    if (grantType === 'authorization_code') return this.exchange(parameters, script);
    if (grantType === 'refresh_token') return this.refresh(parameters, script);
    if (grantType !== serverGrant?.type) throw new Refusal('grantType', `Unsupported grant type: ${grantType}`);
    if (script.behaviour === 'invalid_grant') throw new Refusal('code', 'The account does not allow it');
    return this.issued(narrowed(serverGrant.grant(parameters), script), null);
  }

  private exchange(parameters: URLSearchParams, script: Script): Issued {
    const code = this.tokens.takeCode(required(parameters, 'code'));
    if (!code || script.behaviour === 'invalid_grant') throw new Refusal('code', 'Invalid or expired code');
    if (parameters.get('redirect_uri') !== code.redirectUri) throw new Refusal('redirectUri', 'Redirect URI mismatch');
    if (code.challenge !== null && !verifies(parameters.get('code_verifier') ?? '', code.challenge)) {
      throw new Refusal('verifier', 'Invalid code verifier');
    }
    checkDevice(parameters, code);
    if (this.rules.supersedes) this.tokens.revoke(code.accountId);
    const grant = narrowed(code, script);
    const isOffline = code.isOffline && script.behaviour !== 'no_refresh_token';
    return this.issued(grant, isOffline ? this.tokens.issueRefresh(grant) : null);
  }

  private refresh(parameters: URLSearchParams, script: Script): Issued {
    const old = this.tokens.refresh(required(parameters, 'refresh_token'));
    if (!old || script.behaviour === 'invalid_grant') throw new Refusal('refreshToken', 'Invalid or revoked token');
    checkDevice(parameters, old);
    return this.issued(old, this.nextRefreshToken(old));
  }

  private nextRefreshToken(old: OAuthToken): string | null {
    const { refreshing } = this.rules;
    if (refreshing !== 'rotates') return refreshing === 'repeats' ? old.token : null;
    this.tokens.forget(old.token);
    return this.tokens.issueRefresh(old);
  }

  private issued(grant: Grant, refreshToken: string | null): Issued {
    return { grant, accessToken: this.tokens.issueAccess(grant, this.rules.accessSec), refreshToken };
  }
}

function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (!value) throw new Refusal('parameter', `Missing required parameter: ${name}`);
  return value;
}

function checkDevice(parameters: URLSearchParams, { deviceId }: Grant): void {
  if (deviceId === null || required(parameters, 'device_id') === deviceId) return;
  throw new Refusal('device', 'device_id is another one');
}

function narrowed(grant: Grant, { behaviour, text = grant.scopes.at(-1) }: Script): Grant {
  if (behaviour !== 'missing_scope') return grant;
  return { ...grant, scopes: grant.scopes.filter((scope) => scope !== text) };
}
