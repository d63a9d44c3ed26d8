import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { Credential, CredentialStatus } from './credential.entity.js';
import { CredentialChecks } from './credential-checks.js';
import { CredentialsRepository } from './credentials.repository.js';
import { oauthOffer, type OAuthOffer } from './oauth-offer.js';
import { CREDENTIAL_PLATFORMS, type CredentialPlatform } from './platforms/credential-platform.js';
import { Platforms } from './platforms/platforms.js';

const AT_ONCE = 4;
const ANSWER_WITHIN_MS = 9_000;
const NO_ANSWER_YET = 'It has not answered in time: this is how it was last';

/** `unknown`: there is nobody who could be asked. */
export type AccountState = CredentialStatus | 'unknown';

export interface AccountStatus {
  id: string;
  accountName: string;
  status: AccountState;
  reason: string | null;
  checkedAt: Date | null;
}

export interface PlatformStatus {
  platform: CredentialPlatform;
  /** Whether one of its accounts works. */
  connected: boolean;
  oauth: OAuthOffer;
  accounts: AccountStatus[];
}

/** How a user's accounts are on each platform, each of them asked just now. */
@Injectable()
export class CredentialsStatus {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly checks: CredentialChecks,
    private readonly platforms: Platforms,
    private readonly clock: Clock,
  ) {}

  /** Answers within some ten seconds: of platforms that take longer it tells how they were last. */
  async of(owner: string): Promise<PlatformStatus[]> {
    const late = await this.checkAll(await this.credentials.all(owner));
    const accounts = await this.credentials.all(owner);
    return CREDENTIAL_PLATFORMS.map((platform) => {
      const own = accounts.filter((account) => account.platform === platform);
      const shown = own.map((account) => this.account(account, late.has(account.id)));
      return {
        platform,
        connected: shown.some(({ status }) => status === 'active'),
        oauth: oauthOffer(this.platforms.get(platform)),
        accounts: shown,
      };
    });
  }

  private account(credential: Credential, isLate: boolean): AccountStatus {
    const { id, accountName, status, statusReason, checkedAt, platform } = credential;
    const { uncheckable } = this.platforms.get(platform);
    if (uncheckable !== undefined) return { id, accountName, status: 'unknown', reason: uncheckable, checkedAt };
    return { id, accountName, status, reason: isLate ? NO_ANSWER_YET : statusReason, checkedAt };
  }

  /** @returns ids of those that have not been asked, or have not answered, in time; what they answer later is kept too */
  private async checkAll(credentials: Credential[]): Promise<Set<string>> {
    const late = new Set(credentials.map(({ id }) => id));
    const timer = new AbortController();
    const timeIsUp = this.clock.delay(ANSWER_WITHIN_MS, timer.signal).then(
      () => timer.abort(),
      () => undefined,
    );
    const waiting = credentials.values();
    const checkSome = async () => {
      for (const credential of waiting) {
        if (timer.signal.aborted) return;
        await this.checks.check(credential);
        late.delete(credential.id);
      }
    };
    const all = Promise.all(Array.from({ length: AT_ONCE }, checkSome));
    try {
      await Promise.race([all, timeIsUp]);
      return new Set(late);
    } finally {
      timer.abort();
    }
  }
}
