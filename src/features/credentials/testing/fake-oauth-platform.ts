import type { CredentialPlatform } from '../platforms/credential-platform.js';
import type { AccessGrant, Identity, OAuthClient, Platform, Secrets, TokenSet } from '../platforms/platform.js';

/** A platform with an authorisation server whose refresh tokens are good once. */
export class FakeOAuthPlatform implements Platform {
  readonly forms = [];
  /** Refresh tokens that it was shown. */
  readonly shown: string[] = [];
  /** Who may still call: the access token of the latest refresh. */
  goodToken = 'access-0';
  /** What a refresh waits for, and what it fails with. */
  beforeAnswer: () => Promise<void> = () => Promise.resolve();
  readonly oauth: OAuthClient;

  constructor(readonly name: CredentialPlatform) {
    this.oauth = {
      available: true,
      authorizationUrl: ({ state }) => `http://fake/?state=${state}`,
      exchange: () => Promise.reject(new Error('not asked for')),
      refresh: (secrets) => this.refresh(secrets),
    };
  }

  grant({ accessToken }: Secrets): AccessGrant | null {
    return accessToken === undefined ? null : { authorization: `Bearer ${accessToken}`, token: accessToken };
  }

  identify(): Promise<Identity> {
    return Promise.resolve({ externalId: 'account-1', name: 'Account' });
  }

  reset(): void {
    this.shown.length = 0;
    this.goodToken = 'access-0';
    this.beforeAnswer = () => Promise.resolve();
  }

  private async refresh({ refreshToken = '' }: Secrets): Promise<TokenSet> {
    this.shown.push(refreshToken);
    await this.beforeAnswer();
    const number = this.shown.length;
    this.goodToken = `access-${number}`;
    return { accessToken: this.goodToken, refreshToken: `refresh-${number}`, expiresInSec: 3600 };
  }
}
