import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { Credential } from './credential.entity.js';
import { CredentialsVault } from './credentials-vault.js';
import { credentialInvalid } from './oauth/oauth.errors.js';
import { TokenRenewals } from './oauth/token-renewals.js';
import { CredentialRefused, type AccessGrant } from './platforms/platform.js';
import { Platforms } from './platforms/platforms.js';

const REFRESH_EARLY_MS = 60_000;

/** @param used whose grant it is: as it was given, or with the tokens that it has got since */
type Call<T> = (grant: AccessGrant, used: Credential) => Promise<T>;

/** How anything calls a platform in a user's name: with a token that is good, refreshed when it is not. */
@Injectable()
export class CredentialCalls {
  constructor(
    private readonly platforms: Platforms,
    private readonly vault: CredentialsVault,
    private readonly renewals: TokenRenewals,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `call` with a grant. Tokens that end within a minute are refreshed before; when `call` throws CredentialRefused
   * they are refreshed once and it is run again. Of all processes one refreshes. The status of the credential is not
   * asked: who wants to know whether an invalid one works again may try. Not to be called inside a transaction.
   * @throws DomainError `credentials.invalid` (409): it works no more, its owner has been told; `credentials.unavailable`
   * (502, retryable): the authorisation server does not answer; `credentials.not_found`: it has been deleted meanwhile;
   * and what `call` throws
   */
  async call<T>(credential: Credential, call: Call<T>): Promise<T> {
    const ready = await this.ready(credential);
    try {
      return await call(this.grantOf(ready), ready);
    } catch (error) {
      if (!(error instanceof CredentialRefused)) throw error;
      return this.callAnew(ready, error, call);
    }
  }

  private async callAnew<T>(refused: Credential, { reason }: CredentialRefused, call: Call<T>): Promise<T> {
    const renewed = await this.renewals.renew(refused);
    if (!renewed) return this.giveUp(refused, reason);
    try {
      return await call(this.grantOf(renewed), renewed);
    } catch (error) {
      if (!(error instanceof CredentialRefused)) throw error;
      return this.giveUp(renewed, error.reason);
    }
  }

  /** The credential with a token that may be used now. */
  private async ready(credential: Credential): Promise<Credential> {
    const leftMs = this.leftMs(credential);
    const hasGrant = this.findGrant(credential) !== null;
    if (hasGrant && leftMs > REFRESH_EARLY_MS) return credential;
    const renewed = await this.renewals.renew(credential);
    if (renewed) return renewed;
    if (!hasGrant) return this.giveUp(credential, 'no_token');
    if (leftMs > 0) return credential;
    await this.vault.markExpired(credential);
    throw credentialInvalid(credential.platform);
  }

  private async giveUp(credential: Credential, reason: string): Promise<never> {
    await this.vault.markInvalid(credential, reason);
    throw credentialInvalid(credential.platform);
  }

  private leftMs({ tokenExpiresAt }: Credential): number {
    return tokenExpiresAt === null ? Infinity : tokenExpiresAt.getTime() - this.clock.now().getTime();
  }

  private grantOf(credential: Credential): AccessGrant {
    const grant = this.findGrant(credential);
    if (!grant) throw new Error(`Credential ${credential.id} was renewed without a token`);
    return grant;
  }

  private findGrant(credential: Credential): AccessGrant | null {
    return this.platforms.get(credential.platform).grant(this.vault.open(credential));
  }
}
