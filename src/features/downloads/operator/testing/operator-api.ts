import { randomUUID } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AlertsFrontend, opsConfig, OpsModule } from '../../../ops/index.js';
import { Database } from '../../../../platform/database/database.js';
import { DiscoveryModule } from '../../../../platform/discovery/discovery.module.js';
import { egressConfig } from '../../../../platform/egress/egress.config.js';
import { EgressModule } from '../../../../platform/egress/egress.module.js';
import { EventsModule } from '../../../../platform/events/events.module.js';
import { operatorOf, type TestOperator } from '../../../../platform/http-server/testing/operator.js';
import { startApi, type TestApi } from '../../../../platform/http-server/testing/start-api.js';
import { Media } from '../../../../platform/media/index.js';
import { mediaConfig } from '../../../../platform/media/media.config.js';
import { MediaModule } from '../../../../platform/media/media.module.js';
import { factsOf } from '../../../../platform/media/testing/facts.js';
import { programsConfig } from '../../../../platform/programs/programs.config.js';
import { ProgramsModule } from '../../../../platform/programs/programs.module.js';
import { QueueModule } from '../../../../platform/queue/queue.module.js';
import { testStores } from '../../../../../test/support/stores.js';
import { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import { downloadsConfig } from '../../downloads.config.js';
import { ProviderError } from '../../errors/provider-error.js';
import type { ErrorCode } from '../../errors/error-codes.js';
import type { Provider } from '../../providers/provider.js';
import { PROVIDERS } from '../../providers/provider-registry.js';
import { StandInsModule } from '../../../../platform/stand-ins/stand-ins.js';
import { DownloadRequest } from '../../requests/download-request.entity.js';
import { Gate } from '../../routing/gate/gate.js';
import { OperatorModule } from '../operator.module.js';

/** What of the audit log a test looks at. */
export interface Audited {
  actor: string;
  action: string;
  subject: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export interface OperatorApi extends TestOperator {
  api: TestApi;
  database: Database;
  audit(): Promise<Audited[]>;
  /** Opens the circuit that a failure of the provider on long videos of YouTube opens. */
  fail(provider: string, code: ErrorCode, egress?: string): Promise<void>;
  close(): Promise<void>;
}

@Global()
@Module({
  providers: [{ provide: AlertsFrontend, useValue: { canTell: () => false } }],
  exports: [AlertsFrontend],
})
class AlertsFrontendModule {}

@Module({ imports: [TypeOrmModule.forFeature([DownloadRequest, DownloadAttempt])] })
class HistoryModule {}

const media = { probe: () => Promise.resolve(factsOf()) };

/** The operator's routes on real stores, with the adapters of a test and the seeded providers and rules. */
export async function operatorApi(
  adapters: readonly Provider[],
  env: Record<string, string> = {},
): Promise<OperatorApi> {
  const stores = await testStores();
  const api = await startApi({
    stores,
    groups: [downloadsConfig, opsConfig, egressConfig, programsConfig, mediaConfig],
    env,
    imports: [
      DiscoveryModule,
      EventsModule,
      QueueModule,
      EgressModule,
      ProgramsModule,
      MediaModule,
      AlertsFrontendModule,
      OpsModule,
      StandInsModule.forRoot({}),
      HistoryModule,
      OperatorModule,
    ],
    replace: [
      [PROVIDERS, adapters],
      [Media, media],
    ],
  });
  const database = api.app.get(Database);
  return {
    api,
    database,
    ...(await operatorOf(api)),
    audit: () => database.query<Audited>('SELECT actor, action, subject, before, after FROM audit_log ORDER BY at'),
    fail: (provider, code, egress = 'direct') => failOf(api, provider, code, egress),
    close: async () => {
      await api.close();
      await stores.close();
    },
  };
}

async function failOf(api: TestApi, provider: string, code: ErrorCode, egress: string): Promise<void> {
  const gate = api.app.get(Gate, { strict: false });
  const candidate = {
    provider,
    egresses: [egress],
    obeysEgressCircuits: true,
    slot: { key: `youtube:${provider}`, limit: 10 },
    ratePerMin: null,
    costMicroUsd: 0,
    budgetMicroUsd: null,
  };
  const { grant } = await gate.take({ family: 'youtube', bucket: 'long', candidates: [candidate] }, randomUUID());
  if (!grant) throw new Error(`${provider} was not let through`);
  const error = new ProviderError(code, 'It failed');
  const tries = [{ egress, error }];
  await gate.settle(grant, { requestId: randomUUID(), outcome: 'failed', error, tries, costMicroUsd: 0 });
}
