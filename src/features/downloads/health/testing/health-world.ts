import { randomUUID } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { AudienceModule } from '../../../audience/index.js';
import { AlertsFrontend, opsConfig, OpsModule } from '../../../ops/index.js';
import { AccessTokens } from '../../../../platform/auth/access-tokens.js';
import type { UserRole } from '../../../../platform/auth/principal.js';
import { Database } from '../../../../platform/database/database.js';
import { DiscoveryModule } from '../../../../platform/discovery/discovery.module.js';
import { EventsModule } from '../../../../platform/events/events.module.js';
import { startApi, type Call, type TestApi } from '../../../../platform/http-server/testing/start-api.js';
import { HttpModule } from '../../../../platform/http/http.module.js';
import { programsConfig } from '../../../../platform/programs/programs.config.js';
import { ProgramsModule } from '../../../../platform/programs/programs.module.js';
import { QueueModule } from '../../../../platform/queue/queue.module.js';
import { testStores } from '../../../../../test/support/stores.js';
import { downloadsConfig } from '../../downloads.config.js';
import { DashboardModule } from '../../operator/dashboard/dashboard.module.js';
import { StatsModule } from '../../operator/stats/stats.module.js';
import { ScriptedProvider } from '../../operator/testing/scripted-provider.js';
import { ProviderRegistry } from '../../providers/provider-registry.js';
import { StandInsModule } from '../../../../platform/stand-ins/stand-ins.js';
import { DownloadsHealthModule } from '../health.module.js';

export interface HealthWorld {
  api: TestApi;
  database: Database;
  /** Those of the seeded rows that are there; all can work. */
  adapters: Record<'yt-dlp' | 'savenow' | 'rapidapi', ScriptedProvider>;
  /** What a GET of the operator answers. */
  get<Body>(path: string): Promise<Body>;
  ask(path: string, call?: Call & { as?: UserRole }): Promise<Response>;
  adminId: string;
  close(): Promise<void>;
}

/** Alerts are only written down. */
const nobody = {
  canTell: () => false,
  resolved: () => Promise.resolve(),
  words: () => ({ en: '', ru: '' }),
};

@Global()
@Module({ providers: [{ provide: AlertsFrontend, useValue: nobody }], exports: [AlertsFrontend] })
class SurroundingsModule {}

/** The health watch and what the operator sees of it, on real stores. Nothing runs by itself: a test asks for it. */
export async function healthWorld(env: Record<string, string> = {}): Promise<HealthWorld> {
  const adapters = {
    'yt-dlp': new ScriptedProvider('yt-dlp', 'local'),
    savenow: new ScriptedProvider('savenow', 'api'),
    rapidapi: new ScriptedProvider('rapidapi', 'api'),
  };

  const stores = await testStores();
  const api = await startApi({
    stores,
    groups: [downloadsConfig, opsConfig, programsConfig],
    env: { NEXUS_ROLES: 'api', OPERATOR_TIMEZONE: 'Europe/Moscow', ...env },
    imports: [
      DiscoveryModule,
      EventsModule,
      QueueModule,
      OpsModule,
      AudienceModule,
      SurroundingsModule,
      HttpModule,
      ProgramsModule,
      StandInsModule.forRoot({}),
      DownloadsHealthModule,
      StatsModule,
      DashboardModule,
    ],
  });
  const known = new Map<string, ScriptedProvider>(Object.entries(adapters));
  api.app.get(ProviderRegistry, { strict: false }).find = (name) => known.get(name);
  const adminId = randomUUID();
  const tokens = api.app.get(AccessTokens);
  const tokenOf = async (role: UserRole) => (await tokens.issue({ id: adminId, email: 'a@b.co', role })).token;
  const tokenOfRole = { admin: await tokenOf('admin'), user: await tokenOf('user') };
  const ask: HealthWorld['ask'] = (path, { as = 'admin', ...call } = {}) =>
    api.call(`/api/v1${path}`, { ...call, token: tokenOfRole[as] });
  return {
    api,
    database: api.app.get(Database),
    adapters,
    adminId,
    ask,
    get: async <Body>(path: string) => {
      const response = await ask(path);
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Body;
    },
    close: async () => {
      await api.close();
      await stores.close();
    },
  };
}
