import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { isDatabaseAway } from '../../../platform/database/is-database-away.js';
import { Drain } from '../../../platform/queue/drain.js';
import type { Credential } from '../credential.entity.js';
import { credentialNotFound } from '../credentials.errors.js';
import { CredentialsVault } from '../credentials-vault.js';
import { CredentialRefused, OAuthRefused, type Secrets, type TokenSet } from '../platforms/platform.js';
import { Platforms } from '../platforms/platforms.js';
import { credentialInvalid, credentialUnavailable } from './oauth.errors.js';

/** Longer than an authorisation server may take, and what it says to be kept. */
const CLAIM_MS = 30_000;
const WAIT_MS = 20_000;
const LOOK_EVERY_MS = 250;
const SAVE_WITHIN_MS = 10_000;
const SAVE_AGAIN_MS = 500;

/** New tokens for credentials: of all that need one at once, in however many processes, one asks for it. */
@Injectable()
export class TokenRenewals {
  private readonly logger = new Logger(TokenRenewals.name);
  private readonly running = new Map<string, Promise<Credential | null>>();

  constructor(
    private readonly platforms: Platforms,
    private readonly vault: CredentialsVault,
    private readonly clock: Clock,
    drain: Drain,
  ) {
    // Where refresh tokens are good once, one whose successor is on its way must not be cut off from it.
    drain.add(() => Promise.allSettled(this.running.values()));
  }

  /**
   * @param seen whose tokens are to be replaced; when they have been already, these are the answer
   * @returns null when nothing renews them
   * @throws DomainError `credentials.invalid`, `credentials.unavailable`, `credentials.not_found`
   */
  renew(seen: Credential): Promise<Credential | null> {
    const key = `${seen.id}:${seen.version}`;
    const running = this.running.get(key);
    if (running) return running;
    const started = this.renewOnce(seen).finally(() => this.running.delete(key));
    this.running.set(key, started);
    return started;
  }

  private async renewOnce(seen: Credential): Promise<Credential | null> {
    const end = this.clock.now().getTime() + WAIT_MS;
    do {
      const claimed = await this.vault.claimRefresh(seen, CLAIM_MS);
      const current = await this.current(seen);
      if (current.version !== seen.version) return current;
      if (seen.status === 'active' && current.status !== 'active') {
        // Whoever was before us has found out that it is no good.
        if (claimed) await this.vault.releaseRefresh(current);
        throw credentialInvalid(seen.platform);
      }
      if (claimed) return this.refresh(current);
      await this.clock.delay(LOOK_EVERY_MS);
    } while (this.clock.now().getTime() < end);
    throw credentialUnavailable(seen.platform, {});
  }

  private async refresh(credential: Credential): Promise<Credential | null> {
    const tokens = await this.newTokens(credential);
    if (!tokens) {
      await this.vault.releaseRefresh(credential);
      return null;
    }
    return (await this.save(credential, tokens)) ?? this.current(credential);
  }

  private async current({ userId, id }: Credential): Promise<Credential> {
    const credential = await this.vault.find(userId, id);
    if (!credential) throw credentialNotFound();
    return credential;
  }

  private async newTokens(credential: Credential): Promise<TokenSet | null> {
    try {
      return await this.ask(credential, this.vault.open(credential));
    } catch (error) {
      const reason = endOfGrant(error);
      if (reason !== null) {
        await this.vault.markInvalid(credential, reason);
        throw credentialInvalid(credential.platform);
      }
      await this.vault.releaseRefresh(credential);
      throw credentialUnavailable(credential.platform, { cause: error });
    }
  }

  private async ask({ platform: name }: Credential, secrets: Secrets): Promise<TokenSet | null> {
    const { obtain, oauth } = this.platforms.get(name);
    // Secrets that were filled in before may be there besides what connecting has brought.
    if (!oauth || secrets.refreshToken === undefined) return (await obtain?.(secrets)) ?? null;
    if (oauth.available !== true) throw new Error(oauth.available);
    return oauth.refresh(secrets);
  }

  /** Where refresh tokens are good once, to lose these would be to lose the account. */
  private async save(credential: Credential, tokens: TokenSet): Promise<Credential | null> {
    const end = this.clock.now().getTime() + SAVE_WITHIN_MS;
    for (;;) {
      try {
        return await this.vault.refreshed(credential, tokens);
      } catch (error) {
        if (!isDatabaseAway(error) || this.clock.now().getTime() >= end) throw error;
        this.logger.warn({ err: error, credentialId: credential.id }, 'New tokens cannot be kept yet');
        await this.clock.delay(SAVE_AGAIN_MS);
      }
    }
  }
}

/** Why no refresh will ever succeed again; null for failures that may pass, or are ours to mend. */
function endOfGrant(error: unknown): string | null {
  if (error instanceof CredentialRefused) return error.reason;
  return error instanceof OAuthRefused && error.reason === 'invalid_grant' ? error.reason : null;
}
