import { testStores } from '../../../../test/support/stores.js';
import type { Account } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock/clock.js';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { Database } from '../../../platform/database/database.js';
import { startApi, type TestApi } from '../../../platform/http-server/testing/start-api.js';
import { AccountsModule } from '../../accounts/index.js';
import { accountsGround } from '../../accounts/testing/accounts-ground.js';
import { makeUser } from '../../accounts/testing/make-user.js';
import { tokenOf } from '../../accounts/testing/token-of.js';
import { Notifications, NotificationsModule } from '../index.js';

export interface NotificationsApi extends TestApi {
  clock: ManualClock;
  database: Database;
  notifications: Notifications;
  /** Somebody new who is signed in. */
  newOwner(): Promise<{ owner: Account; token: string }>;
}

/** The routes of notifications on real stores, at a time that only the test moves. */
export async function notificationsApi(env: Record<string, string> = {}): Promise<NotificationsApi> {
  const stores = await testStores();
  // Not at some time of long ago: signed tokens are checked by the clock of the machine.
  const clock = new ManualClock(Date.now());
  const api = await startApi({
    stores,
    groups: accountsGround.groups,
    imports: [...accountsGround.imports, AccountsModule, NotificationsModule],
    env: { API_RATE_PER_MIN: '0', NEXUS_ROLES: 'api', ...env },
    replace: [[Clock, clock]],
  });
  const database = api.app.get(Database);
  return {
    ...api,
    clock,
    database,
    notifications: api.app.get(Notifications, { strict: false }),
    newOwner: async () => {
      const owner = await makeUser(database);
      return { owner, token: await tokenOf(api.app, owner) };
    },
    close: async () => {
      await api.close();
      await stores.close();
    },
  };
}
