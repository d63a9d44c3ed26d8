import { Injectable, Logger } from '@nestjs/common';
import { LiveSessions } from '../../../platform/auth/live-sessions.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { CredentialsVault } from '../credentials-vault.js';
import { OAUTH_PLATFORMS, type OAuthPlatformName } from '../platforms/credential-platform.js';
import { CredentialRefused, type OAuthClient, type Platform } from '../platforms/platform.js';
import { Platforms } from '../platforms/platforms.js';
import { type FailureReason, reasonOf, reasonOfRefusal } from './failure-reason.js';
import { notConfigured, oauthUnavailable } from './oauth.errors.js';
import { OAuthAddresses } from './oauth-addresses.js';
import { type PendingAuthorization, PendingAuthorizations } from './pending-authorizations.js';
import { challengeOf, randomSecret } from './pkce.js';

/** What a browser brings back: the parameters that are there once. */
export type CallbackQuery = Readonly<Record<string, string>>;

export interface AuthorizationStart {
  /** The consent page. */
  authorizationUrl: string;
  state: string;
}

type Connectable = Platform & { oauth: OAuthClient };

/** Connects accounts of users by the consent pages of their platforms. */
@Injectable()
export class OAuthService {
  private readonly logger = new Logger(OAuthService.name);

  constructor(
    private readonly platforms: Platforms,
    private readonly pending: PendingAuthorizations,
    private readonly addresses: OAuthAddresses,
    private readonly vault: CredentialsVault,
    private readonly sessions: LiveSessions,
  ) {}

  /** @throws DomainError `oauth.not_configured`, `oauth.unavailable` */
  async authorize({ id: userId, sessionId }: Principal, platform: OAuthPlatformName): Promise<AuthorizationStart> {
    const { oauth } = this.connectable(platform);
    if (oauth.available !== true) throw notConfigured(oauth.available);
    const verifier = randomSecret();
    const state = await this.remember({ userId, sessionId, platform, verifier });
    const redirectUri = this.addresses.callback(platform);
    return {
      authorizationUrl: oauth.authorizationUrl({ state, challenge: challengeOf(verifier), redirectUri }),
      state,
    };
  }

  /** What a browser comes back with from a consent page. @returns null when the account is connected, else why not */
  async finish(platform: OAuthPlatformName, query: CallbackQuery): Promise<FailureReason | null> {
    try {
      return await this.connect(platform, query);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) this.logger.error({ err: error, platform }, 'Connecting an account broke down');
      else this.logger.warn({ platform, reason, cause: String(error) }, 'An account was not connected');
      return reason ?? 'unavailable';
    }
  }

  private async connect(platform: OAuthPlatformName, query: CallbackQuery): Promise<FailureReason | null> {
    const { state = '', code = '', error } = query;
    const pending = await this.pending.take(state);
    if (pending?.platform !== platform) return 'state_invalid';
    if (!(await this.isStillThere(pending))) return 'account_gone';
    if (error !== undefined) return reasonOfRefusal(error);
    if (code === '') return 'exchange_failed';
    const connectable = this.connectable(platform);
    const redirectUri = this.addresses.callback(platform);
    const tokens = await connectable.oauth.exchange({ query, verifier: pending.verifier, redirectUri, state });
    const secrets = { accessToken: tokens.accessToken, ...tokens.extra };
    const grant = connectable.grant(secrets);
    if (!grant) throw new CredentialRefused('no_token');
    const identity = await connectable.identify(grant, secrets);
    await this.vault.connect(pending.userId, connectable.name, identity, tokens);
    return null;
  }

  private async remember(pending: PendingAuthorization): Promise<string> {
    try {
      return await this.pending.add(pending);
    } catch (error) {
      throw oauthUnavailable(error);
    }
  }

  private async isStillThere({ userId, sessionId }: PendingAuthorization): Promise<boolean> {
    const account = sessionId === undefined ? undefined : await this.sessions.accountOf(sessionId);
    return account?.id === userId;
  }

  private connectable(name: OAuthPlatformName): Connectable {
    const platform = this.platforms.get(OAUTH_PLATFORMS[name]);
    if (!hasOAuth(platform)) throw new Error(`${name} has no consent page`);
    return platform;
  }
}

function hasOAuth(platform: Platform): platform is Connectable {
  return platform.oauth !== null;
}
