import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/auth/principal.js';
import { Database } from '../../../platform/database/database.js';
import type { PageQuery } from '../../../platform/http-server/paging.js';
import { lastAdmin } from '../accounts.errors.js';
import { Quotas } from '../limits/quotas.js';
import { Sessions } from '../sessions/sessions.js';
import { AccountRemovals } from '../users/me/account-removals.js';
import type { Profile } from '../users/me/own-account.js';
import type { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { AccountAudit } from './account-audit.js';
import { changed, differenceOf, type AccountChanges } from './account-changes.js';
import { userNotFound } from './admin.errors.js';
import { AdminUsersRepository, type UserFilter } from './admin-users.repository.js';

/**
 * What operators do with accounts. It acts at once, since every request asks for the account behind its session, and is
 * written into the audit log or does not happen.
 */
@Injectable()
export class AdminUsersService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly adminUsers: AdminUsersRepository,
    private readonly quotas: Quotas,
    private readonly audit: AccountAudit,
    private readonly removals: AccountRemovals,
    private readonly sessions: Sessions,
  ) {}

  page(filter: UserFilter, query: PageQuery): Promise<[User[], number]> {
    return this.adminUsers.page(filter, query);
  }

  /** @throws DomainError `accounts.user_not_found` */
  async get(id: string): Promise<Profile> {
    const user = await this.users.findById(id);
    if (!user) throw userNotFound();
    return { user, usage: await this.quotas.usage(id) };
  }

  /** @throws DomainError `accounts.user_not_found`, `accounts.last_admin` */
  async update(by: Principal, id: string, changes: AccountChanges): Promise<Profile> {
    return this.database.transaction(async () => {
      const { user, isLastAdmin } = await this.lock(id);
      const settings = changed(user, changes);
      if (isLastAdmin && !(settings.role === 'admin' && settings.isActive)) throw lastAdmin();
      const difference = differenceOf(user, settings);
      if (Object.keys(difference.after).length > 0) {
        await this.adminUsers.update(id, settings);
        // They must not come back with the account: somebody else may be in one of them.
        if (!settings.isActive) await this.sessions.endAll(id, 'disabled');
        await this.audit.record(by, { action: 'user.updated', userId: id, ...difference });
      }
      return this.get(id);
    });
  }

  /** @throws DomainError `accounts.user_not_found`, `accounts.last_admin` */
  async delete(by: Principal, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const { user } = await this.lock(id);
      const { role, isActive } = user;
      await this.removals.remove(user);
      await this.audit.record(by, { action: 'user.deleted', userId: id, before: { role, isActive }, after: null });
    });
  }

  /** The admins first, as everybody does who needs both: of two changes at once the second waits for the first. */
  private async lock(id: string): Promise<{ user: User; isLastAdmin: boolean }> {
    const admins = await this.users.holdActiveAdmins();
    const user = await this.adminUsers.lock(id);
    if (!user) throw userNotFound();
    return { user, isLastAdmin: admins.length === 1 && admins[0] === id };
  }
}
