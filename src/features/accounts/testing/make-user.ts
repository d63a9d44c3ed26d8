import { randomUUID } from 'node:crypto';
import type { Account } from '../../../platform/auth/principal.js';
import type { Database } from '../../../platform/database/database.js';
import { ALL_PERMISSIONS, type QuotaLimits } from '../limits/limits.js';
import { User } from '../users/user.entity.js';

const QUOTAS: QuotaLimits = {
  maxRecordingsPerMonth: 100,
  maxStorageBytes: 50 * 2 ** 30,
  maxConcurrentTasks: 3,
  maxAutomationJobs: 5,
  minAutomationIntervalHours: 1,
};

/** Somebody to own what a test is about. Nobody knows his password. */
export async function makeUser(database: Database, fields: Partial<User> = {}): Promise<Account> {
  const user = database.repository(User).create({
    email: `${randomUUID()}@example.com`,
    passwordHash: 'none',
    role: 'user',
    permissions: ALL_PERMISSIONS,
    quotas: QUOTAS,
    ...fields,
  });
  await database.repository(User).insert(user);
  return user;
}
