import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal, UserRole } from '../../../platform/auth/principal.js';
import { Database } from '../../../platform/database/database.js';
import { emailTaken } from '../accounts.errors.js';
import { NewAccounts } from '../users/new-accounts.js';
import { Passwords } from '../users/passwords.js';
import { AccountAudit } from './account-audit.js';
import { userNotFound } from './admin.errors.js';
import { AdminUsersRepository } from './admin-users.repository.js';
import { PasswordLinks, type MadeLink } from './password-links/password-links.js';

export interface NewUser {
  email: string;
  name?: string;
  role?: UserRole;
}

/** How operators let people in: an account that nothing opens, and then a link by which its owner sets a password. */
@Injectable()
export class NewUsers {
  constructor(
    private readonly database: Database,
    private readonly accounts: NewAccounts,
    private readonly users: AdminUsersRepository,
    private readonly passwords: Passwords,
    private readonly links: PasswordLinks,
    private readonly audit: AccountAudit,
  ) {}

  /**
   * @returns its id
   * @throws DomainError `auth.email_taken`
   */
  async create(by: Principal, { email, name = '', role = 'user' }: NewUser): Promise<string> {
    const passwordHash = await this.passwords.hash(randomBytes(32).toString('base64url'));
    return this.database.transaction(async () => {
      const id = await this.accounts.create({ email, passwordHash, name, role });
      if (id === undefined) throw emailTaken();
      await this.audit.record(by, { action: 'user.created', userId: id, before: null, after: { role } });
      return id;
    });
  }

  /** @throws DomainError `accounts.user_not_found` */
  async makeLink(by: Principal, id: string): Promise<MadeLink> {
    return this.database.transaction(async () => {
      if (!(await this.users.lock(id))) throw userNotFound();
      const link = await this.links.make(id);
      const after = { expiresAt: link.expiresAt };
      await this.audit.record(by, { action: 'user.password_link_made', userId: id, before: null, after });
      return link;
    });
  }
}
