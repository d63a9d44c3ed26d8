import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../platform/errors/invalid-request.js';
import type { PageQuery } from '../../platform/http-server/paging.js';
import type { Credential } from './credential.entity.js';
import { credentialNotFound } from './credentials.errors.js';
import { CredentialsRepository, type CredentialFilter } from './credentials.repository.js';
import { CredentialsVault } from './credentials-vault.js';
import type { CredentialPlatform } from './platforms/credential-platform.js';
import { Platforms } from './platforms/platforms.js';
import type { Secrets } from './platforms/platform.js';
import { secretsProblems } from './secrets-check.js';

/** As a client has sent them: of any names, their values not yet looked at. */
type UncheckedSecrets = Readonly<Record<string, unknown>>;

interface NewCredential {
  platform: CredentialPlatform;
  accountName: string;
  secrets: UncheckedSecrets;
}

interface Change {
  accountName?: string;
  secrets?: UncheckedSecrets;
}

/** A user's own credentials. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly vault: CredentialsVault,
    private readonly platforms: Platforms,
  ) {}

  page(owner: string, filter: CredentialFilter, query: PageQuery): Promise<[Credential[], number]> {
    return this.credentials.page(owner, filter, query);
  }

  /** @throws DomainError `credentials.not_found` */
  async get(owner: string, id: string): Promise<Credential> {
    const credential = await this.credentials.find(owner, id);
    if (!credential) throw credentialNotFound();
    return credential;
  }

  /** @throws InvalidRequest, and what `CredentialsVault.add` throws */
  create(owner: string, { platform, accountName, secrets }: NewCredential): Promise<Credential> {
    return this.vault.add(owner, platform, accountName, this.checked(platform, secrets));
  }

  /** @throws InvalidRequest, and what `CredentialsVault.change` throws */
  async update(owner: string, id: string, { accountName, secrets }: Change): Promise<Credential> {
    const { platform } = await this.get(owner, id);
    const checked = secrets === undefined ? undefined : this.checked(platform, secrets);
    return this.vault.change(owner, id, { accountName, secrets: checked });
  }

  /** @throws DomainError `credentials.not_found` */
  async delete(owner: string, id: string): Promise<void> {
    if (!(await this.credentials.delete(owner, id))) throw credentialNotFound();
  }

  private checked(platform: CredentialPlatform, secrets: UncheckedSecrets): Secrets {
    const problems = secretsProblems(this.platforms.get(platform).forms, secrets);
    if (problems.length > 0) throw new InvalidRequest(problems);
    return secrets as Secrets;
  }
}
