import { testStores } from '../../../../../test/support/stores.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import type { Account } from '../../../../platform/auth/principal.js';
import { Database } from '../../../../platform/database/database.js';
import type { Problem } from '../../../../platform/errors/problem.js';
import { startApi, type Call, type TestApi } from '../../../../platform/http-server/testing/start-api.js';
import { opsConfig, OpsModule } from '../../../ops/index.js';
import { RecordingFrontendModule } from '../../../ops/testing/recording-frontend.js';
import { AccountsModule } from '../../accounts.module.js';
import { accountsGround } from '../../testing/accounts-ground.js';
import { makeUser } from '../../testing/make-user.js';
import { tokenOf } from '../../testing/token-of.js';
import type { User } from '../../users/user.entity.js';

export interface Answer<Body> {
  status: number;
  body: Body;
  text: string;
}

/** The routes of operators on real stores. */
export interface AdminApi {
  api: TestApi;
  database: Database;
  clock: ManualClock;
  make(fields?: Partial<User>): Promise<Account>;
  /** As `account`; null: as nobody. */
  ask<Body = Problem>(account: Account | null, path: string, call?: Call): Promise<Answer<Body>>;
  audit(): Promise<Record<'actor' | 'action' | 'subject' | 'before' | 'after', unknown>[]>;
  close(): Promise<void>;
}

export async function adminApi(): Promise<AdminApi> {
  const stores = await testStores();
  // Not at some time of long ago: signed tokens are checked by the clock of the machine.
  const clock = new ManualClock(Date.now());
  const api = await startApi({
    stores,
    imports: [...accountsGround.imports, AccountsModule, RecordingFrontendModule, OpsModule],
    groups: [...accountsGround.groups, opsConfig],
    // Nothing runs by itself.
    env: { NEXUS_ROLES: 'api', API_RATE_PER_MIN: '0', PUBLIC_BASE_URL: 'https://nexus.example.com' },
    replace: [[Clock, clock]],
  });
  const database = api.app.get(Database);
  return {
    api,
    database,
    clock,
    make: (fields) => makeUser(database, fields),
    ask: async (account, path, call = {}) => {
      const token = account ? await tokenOf(api.app, account) : undefined;
      const response = await api.call(`/api/v1${path}`, { ...call, token });
      const text = await response.text();
      return { status: response.status, text, body: (text === '' ? null : JSON.parse(text)) as never };
    },
    audit: () => database.query('SELECT actor, action, subject, before, after FROM audit_log ORDER BY at, action'),
    close: async () => {
      await api.close();
      await stores.close();
    },
  };
}
