import { Logger } from 'nestjs-pino';
import type { Account } from '../../../platform/auth/principal.js';
import { Clock, SystemClock } from '../../../platform/clock/clock.js';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Problem } from '../../../platform/errors/problem.js';
import { HttpModule } from '../../../platform/http/http.module.js';
import { HttpClient, UndiciHttpClient, type HttpRequest, type HttpResponse } from '../../../platform/http/index.js';
import { startApi, type Call, type TestApi } from '../../../platform/http-server/testing/start-api.js';
import { ROOT_LOGGER, rootLogger } from '../../../platform/logging/root-logger.js';
import { StandInsModule } from '../../../platform/stand-ins/stand-ins.js';
import { telegramConfig } from '../../../telegram/index.js';
import { testStores } from '../../../../test/support/stores.js';
import { AccountsModule } from '../../accounts/index.js';
import { accountsGround } from '../../accounts/testing/accounts-ground.js';
import { makeUser } from '../../accounts/testing/make-user.js';
import { tokenOf } from '../../accounts/testing/token-of.js';
import { CredentialsModule } from '../credentials.module.js';
import { platformsConfig } from '../platforms/platforms.config.js';
import { FakePlatformServer } from '../platforms/testing/fake-platform-server.js';
import { standInsAt } from '../platforms/testing/platforms-at.js';

export interface Answer<Body> {
  status: number;
  body: Body;
}

/** Somebody who is signed in. */
export interface Owner {
  account: Account;
  ask<Body = Problem>(path: string, call?: Call): Promise<Answer<Body>>;
}

export interface CredentialsApi {
  api: TestApi;
  database: Database;
  clock: ManualClock;
  /** All platforms at once: Telegram under `/telegram`, Google under `/google` … */
  platforms: FakePlatformServer;
  newOwner(): Promise<Owner>;
  /** Everything that has been answered or logged so far. */
  told(): string;
  close(): Promise<void>;
}

/** Its waits are not those of the clock that a test moves by hand. */
class ImpatientHttpClient extends UndiciHttpClient {
  constructor() {
    super(new SystemClock());
  }

  override send(request: HttpRequest): Promise<HttpResponse> {
    return super.send({ ...request, timeoutMs: 2_000, once: true });
  }
}

/** The routes of credentials on real stores, and platforms that answer what a test wants. */
export async function credentialsApi(): Promise<CredentialsApi> {
  const [stores, platforms] = [await testStores(), await FakePlatformServer.start()];
  const http = new ImpatientHttpClient();
  // Not at some time of long ago: signed tokens are checked by the clock of the machine.
  const clock = new ManualClock(Date.now());
  const told: string[] = [];
  const logger = rootLogger('trace', { write: (line: string) => told.push(line) });
  const api = await startApi({
    stores,
    groups: [...accountsGround.groups, platformsConfig, telegramConfig],
    imports: [
      ...accountsGround.imports,
      HttpModule,
      StandInsModule.forRoot({ ...standInsAt(platforms.url), telegram: `${platforms.url}/telegram` }),
      AccountsModule,
      CredentialsModule,
    ],
    env: { API_RATE_PER_MIN: '0', NEXUS_ROLES: 'api' },
    replace: [
      [Clock, clock],
      [HttpClient, http],
      [ROOT_LOGGER, logger],
    ],
  });
  api.app.useLogger(api.app.get(Logger));
  const database = api.app.get(Database);
  return {
    api,
    database,
    clock,
    platforms,
    newOwner: async () => {
      const account = await makeUser(database);
      const token = await tokenOf(api.app, account);
      return {
        account,
        ask: async (path, call) => {
          const response = await api.call(`/api/v1${path}`, { token, ...call });
          const text = await response.text();
          told.push(text);
          return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as never };
        },
      };
    },
    told: () => told.join('\n'),
    close: async () => {
      await platforms.close();
      await api.close();
      await http.close();
      await stores.close();
    },
  };
}
