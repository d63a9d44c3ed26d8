import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { NetworkError } from '../../platform/http/index.js';
import type { Credential } from './credential.entity.js';
import { CredentialCalls } from './credential-calls.js';
import { CredentialsRepository } from './credentials.repository.js';
import { CredentialsVault } from './credentials-vault.js';
import type { AccessGrant } from './platforms/platform.js';
import { Platforms } from './platforms/platforms.js';
import { PlatformUnavailable } from './platforms/protocol/platform-unavailable.js';

/** Whoever looks twice must not make the platform work twice; whoever looks again wants to know. */
const ONCE_MS = 5_000;

/** Asks platforms whether they still take a credential, and keeps what they say. */
@Injectable()
export class CredentialChecks {
  private readonly logger = new Logger(CredentialChecks.name);

  constructor(
    private readonly platforms: Platforms,
    private readonly calls: CredentialCalls,
    private readonly vault: CredentialsVault,
    private readonly credentials: CredentialsRepository,
    private readonly clock: Clock,
  ) {}

  /** Once in five seconds for each credential, whoever asks; otherwise it does nothing. What fails is kept as a reason. */
  async check(credential: Credential): Promise<void> {
    if (this.platforms.get(credential.platform).uncheckable !== undefined) return;
    const now = this.clock.now();
    const before = new Date(now.getTime() - ONCE_MS);
    if (!(await this.credentials.claimCheck(credential, now, before))) return;
    // Its tokens may be renewed on the way: what is found out is then of that version.
    let asked = credential;
    try {
      const externalId = await this.calls.call(credential, (grant, used) => {
        asked = used;
        return this.ask(grant, used);
      });
      await this.credentials.change(asked, { status: 'active', statusReason: null, externalId });
    } catch (error) {
      await this.keepFailure(asked, error);
    }
  }

  private async ask(grant: AccessGrant, credential: Credential): Promise<string> {
    const platform = this.platforms.get(credential.platform);
    return (await platform.identify(grant, this.vault.open(credential))).externalId;
  }

  private async keepFailure(credential: Credential, error: unknown): Promise<void> {
    // It has been marked where it was called.
    if (error instanceof DomainError && error.code === 'credentials.invalid') return;
    const statusReason = this.reasonOf(credential, error);
    // Of one that is not active it stays known why.
    if (credential.status === 'active') await this.credentials.change(credential, { statusReason });
  }

  private reasonOf({ id, platform }: Credential, error: unknown): string {
    if (error instanceof NetworkError || error instanceof PlatformUnavailable || isTemporary(error)) {
      return `It could not be asked: ${error.message}`;
    }
    this.logger.warn({ err: error, credentialId: id, platform }, 'A credential could not be checked');
    return 'It could not be asked';
  }
}

function isTemporary(error: unknown): error is DomainError {
  return error instanceof DomainError && error.retryable;
}
