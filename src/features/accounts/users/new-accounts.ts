import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { accountsConfig, type AccountsConfig } from '../accounts.config.js';
import { ALL_PERMISSIONS, type QuotaLimits } from '../limits/limits.js';
import { UserConfigs } from '../settings/user-configs.js';
import type { User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

const GB = 2 ** 30;

/** Makes accounts complete: with their permissions, quotas and settings. */
@Injectable()
export class NewAccounts {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly configs: UserConfigs,
    @Inject(accountsConfig.key) private readonly config: AccountsConfig,
  ) {}

  /** @returns its id; undefined when the e-mail is taken, in whatever case */
  create(account: Pick<User, 'email' | 'passwordHash' | 'name' | 'role'>): Promise<string | undefined> {
    return this.database.transaction(async () => {
      const quotas = quotasOf(this.config);
      const id = await this.users.insert({ ...account, permissions: ALL_PERMISSIONS, quotas });
      if (id !== undefined) await this.configs.createFor(id);
      return id;
    });
  }
}

function quotasOf(config: AccountsConfig): QuotaLimits {
  return {
    maxRecordingsPerMonth: config.quotaRecordingsPerMonth,
    maxStorageBytes: Math.round(config.quotaStorageGb * GB),
    maxConcurrentTasks: config.quotaConcurrentTasks,
    maxAutomationJobs: config.quotaAutomationJobs,
    minAutomationIntervalHours: config.quotaAutomationIntervalHours,
  };
}
