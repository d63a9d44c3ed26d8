import { join } from 'node:path';
import { Clock } from '../../../platform/clock/clock.js';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { Database } from '../../../platform/database/database.js';
import { startApi, type TestApi } from '../../../platform/http-server/testing/start-api.js';
import { Redis } from '../../../platform/redis/redis.js';
import { Storage } from '../../../platform/storage/storage.js';
import { testStores } from '../../../../test/support/stores.js';
import { AccountsModule } from '../accounts.module.js';
import { NewAccounts } from '../users/new-accounts.js';
import { Passwords } from '../users/passwords.js';
import { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { accountsGround } from './accounts-ground.js';

export const PASSWORD = 'correct horse battery';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** The routes of accounts on real stores, and what tests of them do all the time. */
export interface AccountsApi extends TestApi {
  clock: ManualClock;
  database: Database;
  storage: Storage;
  /** Where the files of `storage` lie. */
  storageFolder: string;
  /** An account whose password is PASSWORD, made without the route. */
  makeAccount(email: string, fields?: Partial<User>): Promise<User>;
  login(email: string, password?: string): Promise<Response>;
  /** Signs in to an account that `makeAccount` has made; each time a session of its own. */
  signIn(email: string): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Response>;
  /** Status of GET /users/me, which any access token that is good for something opens. */
  statusFor(accessToken: string): Promise<number>;
  /** Forgets all accounts and all attempts. */
  reset(): Promise<void>;
}

export async function accountsApi(env: Record<string, string> = {}): Promise<AccountsApi> {
  const stores = await testStores();
  // Not at some time of long ago: signed tokens are checked by the clock of the machine.
  const clock = new ManualClock(Date.now());
  const api = await startApi({
    stores,
    groups: accountsGround.groups,
    imports: [...accountsGround.imports, AccountsModule],
    // Nothing runs by itself.
    env: { API_RATE_PER_MIN: '0', NEXUS_ROLES: 'api', ...env },
    replace: [[Clock, clock]],
  });
  const database = api.app.get(Database);
  const users = api.app.get(UsersRepository, { strict: false });
  const passwordHash = await api.app.get(Passwords, { strict: false }).hash(PASSWORD);
  const login = (email: string, password = PASSWORD) => api.call('/api/v1/auth/login', { json: { email, password } });

  return {
    ...api,
    clock,
    database,
    storage: api.app.get(Storage),
    storageFolder: join(api.app.get<ProcessConfig>(processConfig.key).dataDir, 'storage'),
    login,
    makeAccount: async (email, fields = {}) => {
      const accounts = api.app.get(NewAccounts, { strict: false });
      const id = (await accounts.create({ email, passwordHash, name: 'Ada', role: 'user' })) ?? '';
      if (Object.keys(fields).length > 0) await database.repository(User).update({ id }, fields);
      const user = await users.findById(id);
      if (!user) throw new Error(`There is an account ${email} already`);
      return user;
    },
    signIn: async (email) => (await (await login(email)).json()) as Tokens,
    refresh: (refreshToken) => api.call('/api/v1/auth/refresh', { json: { refreshToken } }),
    statusFor: async (token) => (await api.call('/api/v1/users/me', { token })).status,
    reset: async () => {
      await database.repository(User).createQueryBuilder().delete().execute();
      await api.app.get(Redis).client.flushDb();
    },
    close: async () => {
      await api.close();
      await stores.close();
    },
  };
}

export async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code;
}
