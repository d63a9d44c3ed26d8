import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { KeyRing } from '../../platform/crypto/key-ring.js';
import { mask } from '../../platform/crypto/mask.js';
import { Database } from '../../platform/database/database.js';
import { storable } from '../../platform/text/storable.js';
import { Notifications } from '../notifications/index.js';
import type { Credential } from './credential.entity.js';
import { credentialNameTaken, credentialNotFound, tooManyCredentials } from './credentials.errors.js';
import { CredentialsRepository } from './credentials.repository.js';
import type { CredentialPlatform } from './platforms/credential-platform.js';
import type { Identity, Secrets, TokenSet } from './platforms/platform.js';

/** The answer on their status names all accounts of a user, so there is an end to them. */
const MOST_CREDENTIALS = 100;
export const LONGEST_ACCOUNT_NAME = 100;
const LONGEST_EXTERNAL_ID = 500;
const LONGEST_REASON = 500;

export const secretsContext = (id: string) => `credentials:${id}`;

/** What new secrets leave nothing of. */
const FRESH = { status: 'active', statusReason: null, refreshingUntil: null } as const;

/** Where secrets of credentials are kept: the only one that encrypts and opens them. */
@Injectable()
export class CredentialsVault {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly keys: KeyRing,
    private readonly notifications: Notifications,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A credential by its owner; `find` and `open` are for workers and the owner's own requests alike. */
  find(owner: string, id: string): Promise<Credential | null> {
    return this.credentials.find(owner, id);
  }

  /** @throws DomainError `crypto.undecipherable` */
  open({ id, secrets }: Credential): Secrets {
    return JSON.parse(this.keys.decrypt(secrets, secretsContext(id))) as Secrets;
  }

  /**
   * Keeps what its owner has filled in.
   * @throws DomainError `credentials.name_taken`, `credentials.too_many`
   */
  add(owner: string, platform: CredentialPlatform, accountName: string, secrets: Secrets): Promise<Credential> {
    return this.database.transaction(async () => {
      await this.credentials.lockNames(owner);
      if ((await this.credentials.names(owner, platform)).has(accountName)) throw credentialNameTaken(accountName);
      return this.insert(owner, { platform, accountName }, secrets);
    });
  }

  /**
   * Another name and, in place of the old ones, other secrets; which account they open is to be seen.
   * @throws DomainError `credentials.not_found`, `credentials.name_taken`
   */
  change(owner: string, id: string, { accountName, secrets }: CredentialChange): Promise<Credential> {
    return this.database.transaction(async () => {
      await this.credentials.lockNames(owner);
      if (accountName !== undefined) await this.rename(owner, id, accountName);
      if (secrets !== undefined) {
        const unknown = { externalId: null, checkedAt: null, tokenExpiresAt: null };
        await this.credentials.replaceSecrets(owner, id, { ...this.seal(id, secrets), ...unknown, ...FRESH });
      }
      return this.get(owner, id);
    });
  }

  /**
   * What connecting by OAuth ends with: a new credential named after the identity (` (2)` … when that name is another
   * account's), or new tokens for the one of the same owner, platform and external id. A refresh token that did not come
   * anew stays.
   * @throws DomainError `credentials.too_many`
   */
  connect(owner: string, platform: CredentialPlatform, identity: Identity, tokens: TokenSet): Promise<Credential> {
    const externalId = storable(identity.externalId, LONGEST_EXTERNAL_ID);
    const now = { checkedAt: this.clock.now(), tokenExpiresAt: this.endOf(tokens) };
    return this.database.transaction(async () => {
      await this.credentials.lockNames(owner);
      const known = await this.credentials.lockAccount(owner, platform, externalId);
      if (known) {
        const secrets = { ...this.openIfPossible(known), ...secretsOf(tokens) };
        await this.credentials.replaceSecrets(owner, known.id, { ...this.seal(known.id, secrets), ...now, ...FRESH });
        return this.get(owner, known.id);
      }
      const taken = await this.credentials.names(owner, platform);
      const accountName = freeName(storable(identity.name, LONGEST_ACCOUNT_NAME) || platform, taken);
      return this.insert(owner, { platform, accountName, externalId, ...now }, secretsOf(tokens));
    });
  }

  /** Takes the right to refresh for `ms`. @returns false: another has it, or the secrets have changed meanwhile */
  claimRefresh(credential: Credential, ms: number): Promise<boolean> {
    return this.credentials.claimRefresh(credential, ms);
  }

  /** New tokens of `credential`, whose claim ends. @returns null when its secrets have been changed meanwhile: those stay */
  async refreshed(credential: Credential, tokens: TokenSet): Promise<Credential | null> {
    const { id, userId, version } = credential;
    const secrets = this.seal(id, { ...this.open(credential), ...secretsOf(tokens) });
    const values = { ...secrets, ...FRESH, tokenExpiresAt: this.endOf(tokens), version: version + 1 };
    return (await this.credentials.change(credential, values)) ? this.credentials.find(userId, id) : null;
  }

  /** A refresh came to nothing; the credential is as it was. */
  async releaseRefresh(credential: Credential): Promise<void> {
    await this.credentials.change(credential, { refreshingUntil: null });
  }

  /** It works no more, for good; its owner is told once. Nothing happens when its secrets have been changed meanwhile. */
  markInvalid(credential: Credential, reason: string): Promise<void> {
    return this.end(credential, 'invalid', reason);
  }

  /** Its tokens have run out and nothing renews them; otherwise as `markInvalid`. */
  markExpired(credential: Credential): Promise<void> {
    return this.end(credential, 'expired', 'expired');
  }

  private async end(credential: Credential, status: 'invalid' | 'expired', reason: string): Promise<void> {
    const { id, userId, version, platform, accountName } = credential;
    const statusReason = storable(reason, LONGEST_REASON);
    await this.database.transaction(async () => {
      if (!(await this.credentials.change(credential, { status, statusReason, refreshingUntil: null }))) return;
      await this.notifications.tell(userId, {
        event: 'credential.invalid',
        key: `credential:${id}:v${version}`,
        params: { credentialId: id, platform, accountName, reason: statusReason },
      });
    });
  }

  private async insert(owner: string, values: NewCredential, secrets: Secrets): Promise<Credential> {
    if ((await this.credentials.count(owner)) >= MOST_CREDENTIALS) throw tooManyCredentials(MOST_CREDENTIALS);
    // Known before the row is: what is encrypted is bound to it.
    const id = randomUUID();
    await this.credentials.insert(owner, { id, ...values, ...this.seal(id, secrets) });
    return this.get(owner, id);
  }

  private async rename(owner: string, id: string, accountName: string): Promise<void> {
    const { platform, accountName: old } = await this.get(owner, id);
    if (accountName === old) return;
    if ((await this.credentials.names(owner, platform)).has(accountName)) throw credentialNameTaken(accountName);
    await this.credentials.rename(owner, id, accountName);
  }

  private async get(owner: string, id: string): Promise<Credential> {
    const credential = await this.credentials.find(owner, id);
    if (!credential) throw credentialNotFound();
    return credential;
  }

  private seal(id: string, secrets: Secrets): Pick<Credential, 'secrets' | 'masked'> {
    const masked = Object.entries(secrets).map(([field, secret]) => [field, mask(secret)] as const);
    return {
      secrets: this.keys.encrypt(JSON.stringify(secrets), secretsContext(id)),
      masked: Object.fromEntries(masked),
    };
  }

  /** An account whose secrets do not open any more must not be beyond connecting anew. */
  private openIfPossible(credential: Credential): Secrets {
    try {
      return this.open(credential);
    } catch {
      return {};
    }
  }

  private endOf({ expiresInSec }: TokenSet): Date | null {
    return expiresInSec === undefined ? null : new Date(this.clock.now().getTime() + expiresInSec * 1000);
  }
}

export interface CredentialChange {
  accountName?: string;
  secrets?: Secrets;
}

type NewCredential = Pick<Credential, 'platform' | 'accountName'> &
  Partial<Pick<Credential, 'externalId' | 'checkedAt' | 'tokenExpiresAt'>>;

function secretsOf({ accessToken, refreshToken, extra }: TokenSet): Secrets {
  return { ...extra, accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) };
}

/** The name itself, else the first of `name (2)`, `name (3)` … that nobody has, no longer than names may be. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2, free = name; ; number += 1) {
    if (!taken.has(free)) return free;
    const suffix = ` (${number})`;
    free = storable(name, LONGEST_ACCOUNT_NAME - suffix.length) + suffix;
  }
}
