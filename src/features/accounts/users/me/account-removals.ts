import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { Events } from '../../../../platform/events/events.js';
import { IdempotencyKeys } from '../../../../platform/idempotency/idempotency-keys.js';
import { Every } from '../../../../platform/queue/every.js';
import { Storage } from '../../../../platform/storage/storage.js';
import { invalidCredentials, lastAdmin } from '../../accounts.errors.js';
import { accountRemoved } from '../../accounts.events.js';
import type { User } from '../user.entity.js';
import { UsersRepository } from '../users.repository.js';
import { AccountRemoval } from './account-removal.entity.js';

/** Takes accounts away with everything that is theirs: rows at once, then files, however often that takes. */
@Injectable()
export class AccountRemovals {
  private readonly logger = new Logger(AccountRemovals.name);

  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly idempotencyKeys: IdempotencyKeys,
    private readonly events: Events,
    private readonly storage: Storage,
  ) {}

  /** @throws DomainError `accounts.last_admin`, `auth.invalid_credentials` when he is no longer as he was checked */
  async remove(user: User): Promise<void> {
    const { id } = user;
    await this.database.transaction(async () => {
      const admins = await this.users.holdActiveAdmins();
      if (admins.length === 1 && admins[0] === id) throw lastAdmin();
      // What else belongs to him goes along by its foreign keys.
      if (!(await this.users.delete(user))) throw invalidCredentials();
      await this.idempotencyKeys.forgetAllOf(id);
      await this.database.owned(AccountRemoval).insert(id, {});
      await this.events.publish(accountRemoved, { userId: id });
      await this.database.afterCommit(() => this.finish(id));
    });
  }

  /** For what a crash, or storage that was away, has left. */
  @Every({ name: 'accounts.finish-removals', everyMs: 60_000 })
  async finishAll(): Promise<void> {
    for (const { userId } of await this.database.ofAllUsers(AccountRemoval).find()) {
      // One that cannot be finished now must not keep the others.
      await this.finish(userId).catch((error: unknown) => {
        this.logger.warn({ err: error, userId }, 'Files of a deleted account are still there');
      });
    }
  }

  private async finish(userId: string): Promise<void> {
    await this.storage.remove(`media/user_${userId}`);
    await this.database.owned(AccountRemoval).delete(userId, {});
  }
}
