import type { CredentialPlatform } from './credential-platform.js';

/** Secrets of a credential by the names of their fields, e.g. `{accessToken, refreshToken}`. */
export type Secrets = Readonly<Record<string, string>>;

export interface SecretField {
  name: string;
  required: boolean;
  /** What to write there, in a sentence for people. */
  description: string;
}

/** One of the ways to fill in a credential by hand; which one it is, its fields tell. */
export interface SecretForm {
  name: string;
  fields: readonly SecretField[];
}

/** The account on the platform that secrets open. */
export interface Identity {
  /** Stable on the platform, e.g. the channel id. */
  externalId: string;
  /** What its owner knows it by: channel, e-mail, login. */
  name: string;
}

/** What may be called with: a token that is good now, as the platform's header wants it. */
export interface AccessGrant {
  /** Value of the header `Authorization`. */
  authorization: string;
  /** The bare token, for platforms that take it elsewhere. */
  token: string;
}

/** Tokens as an authorisation server gave them. */
export interface TokenSet {
  accessToken: string;
  /** Undefined: the old one stays. */
  refreshToken?: string;
  /** Undefined: it does not end by time. */
  expiresInSec?: number;
  /** What was granted; undefined when the server does not say. */
  scopes?: readonly string[];
  /** What else refreshing will need, e.g. VK's `deviceId`. */
  extra?: Secrets;
}

/** How an authorisation server is asked. */
export interface OAuthClient {
  /** Whether client id (and secret) are there, or a stand-in needs none; the reason when not. */
  readonly available: true | string;
  /** Where the browser is sent. `challenge` is the S256 of the PKCE verifier. */
  authorizationUrl(ask: { state: string; challenge: string; redirectUri: string }): string;
  /** @throws OAuthRefused, or what `HttpClient` throws */
  exchange(answer: {
    query: Readonly<Record<string, string>>;
    verifier: string;
    redirectUri: string;
    state: string;
  }): Promise<TokenSet>;
  /** @throws OAuthRefused: `invalid_grant` is for good; or what `HttpClient` throws */
  refresh(secrets: Secrets): Promise<TokenSet>;
}

/** An authorisation server said no. */
export class OAuthRefused extends Error {
  constructor(
    /** Its `error`: `invalid_grant`, `access_denied` … */
    readonly reason: string,
    description?: string,
  ) {
    super(description === undefined ? reason : `${reason}: ${description}`);
    this.name = 'OAuthRefused';
  }
}

/** The platform does not take the token or key: 401 or its own words for that. */
export class CredentialRefused extends Error {
  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'CredentialRefused';
  }
}

/** What a platform is to credentials. One folder each, listed in the registry. */
export interface Platform {
  readonly name: CredentialPlatform;
  readonly forms: readonly SecretForm[];
  /** Null for platforms that know keys only. */
  readonly oauth: OAuthClient | null;
  /** What may be called with as the secrets stand; null while there is no token among them. */
  grant(secrets: Secrets): AccessGrant | null;
  /**
   * A token for secrets that carry no access token of their own making (Zoom's server-to-server app); else absent.
   * @throws CredentialRefused; or what `HttpClient` throws
   */
  readonly obtain?: (secrets: Secrets) => Promise<TokenSet | null>;
  /** Why nobody can be asked whether secrets are good; absent where `identify` tells. */
  readonly uncheckable?: string;
  /**
   * The platform's own «who am I», in one call.
   * @throws CredentialRefused; or what `HttpClient` throws when it cannot be asked
   */
  identify(grant: AccessGrant, secrets: Secrets): Promise<Identity>;
}
