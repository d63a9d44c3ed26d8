import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../platform/config/process.config.js';
import { createPrivateFile, readPrivateFile } from '../../platform/crypto/private-file.js';
import { accountsConfig, type AccountsConfig } from './accounts.config.js';
import { adminEmailTaken } from './accounts.errors.js';
import type { Credentials } from './sessions/credentials.js';
import { NewAccounts } from './users/new-accounts.js';
import { Passwords } from './users/passwords.js';
import { UsersRepository } from './users/users.repository.js';

export interface FirstAdminAccount {
  email: string;
  /** Only while the password that Nexus made is still the one that opens the account. */
  password?: string;
  /** Whether the account was made just now. */
  fresh: boolean;
}

/** Sees to it that somebody can sign in to a new installation. */
@Injectable()
export class FirstAdmin {
  private readonly file: string;

  constructor(
    private readonly users: UsersRepository,
    private readonly accounts: NewAccounts,
    private readonly passwords: Passwords,
    @Inject(accountsConfig.key) private readonly config: AccountsConfig,
    @Inject(processConfig.key) { dataDir }: ProcessConfig,
  ) {
    this.file = join(dataDir, 'admin.json');
  }

  /**
   * Makes the admin of ADMIN_EMAIL when there is none. Processes that start together make one and the same.
   * @throws DomainError `accounts.admin_email_taken`: nobody becomes admin by having registered that e-mail first.
   */
  async ensure(): Promise<FirstAdminAccount> {
    const fresh = !(await this.users.hasAdmin()) && (await this.create());
    const email = this.config.adminEmail;
    const user = await this.users.findByEmail(email);
    const made = await this.madeCredentials();
    const opens = made?.email === email && (await this.passwords.fits(made.password, user?.passwordHash));
    return { email, password: opens ? made.password : undefined, fresh };
  }

  private async create(): Promise<boolean> {
    const { adminEmail: email, adminPassword } = this.config;
    const password = adminPassword ?? (await this.makePassword(email));
    const passwordHash = await this.passwords.hash(password);
    const id = await this.accounts.create({ email, passwordHash, name: 'Admin', role: 'admin' });
    // Taken, and still no admin: not by another process that starts, but by a user.
    if (id === undefined && !(await this.users.hasAdmin())) throw adminEmailTaken();
    return id !== undefined;
  }

  private async makePassword(email: string): Promise<string> {
    const kept = await this.madeCredentials();
    if (kept?.email === email) return kept.password;
    // Not the one that another process may just have made.
    if (kept) await rm(this.file, { force: true });
    const made: Credentials = { email, password: randomBytes(15).toString('base64url') };
    const written = await createPrivateFile(this.file, JSON.stringify(made));
    return (JSON.parse(written) as Credentials).password;
  }

  private async madeCredentials(): Promise<Credentials | undefined> {
    const text = await readPrivateFile(this.file);
    return text === undefined ? undefined : (JSON.parse(text) as Credentials);
  }
}
