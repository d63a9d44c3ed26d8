import { Global, Injectable, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { testStores } from '../../../../../test/support/stores.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { Database } from '../../../../platform/database/database.js';
import { DiscoveryModule } from '../../../../platform/discovery/discovery.module.js';
import { EventsModule } from '../../../../platform/events/events.module.js';
import type { Problem } from '../../../../platform/errors/problem.js';
import { operatorOf, type Answer, type TestOperator } from '../../../../platform/http-server/testing/operator.js';
import { startApi } from '../../../../platform/http-server/testing/start-api.js';
import { HttpModule } from '../../../../platform/http/http.module.js';
import { Handles } from '../../../../platform/queue/handles.js';
import { QueueModule } from '../../../../platform/queue/queue.module.js';
import { StandInsModule } from '../../../../platform/stand-ins/stand-ins.js';
import { storageConfig } from '../../../../platform/storage/storage.config.js';
import { StorageModule } from '../../../../platform/storage/storage.module.js';
import { AudienceModule } from '../../../audience/index.js';
import { Ledger } from '../../../credits/index.js';
import { opsConfig, OpsModule } from '../../../ops/index.js';
import { RecordingFrontendModule } from '../../../ops/testing/recording-frontend.js';
import { generationConfig } from '../../generation.config.js';
import { GenerationFrontend } from '../../generation.frontend.js';
import { deliverJob, lookJob, promptJob, startJobs, submitJob } from '../../generation.jobs.js';
import { KieClient } from '../../kie/kie-client.js';
import { GenerationPhoto } from '../../photos/generation-photo.entity.js';
import { GenerationTemplate } from '../../prompts/generation-template.entity.js';
import { OperatorModule } from '../operator.module.js';

export interface OperatorWorld extends TestOperator {
  database: Database;
  ledger: Ledger;
  /** As the operator. */
  post<Body = Problem>(path: string, json?: object): Promise<Answer<Body>>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export const NOW = new Date('2026-11-20T17:20:00Z');

/** Nothing is done here: jobs move when a test moves them. */
@Injectable()
class NoSteps {
  @Handles(startJobs)
  start(): Promise<void> {
    return Promise.resolve();
  }

  @Handles(promptJob)
  prompt(): Promise<void> {
    return Promise.resolve();
  }

  @Handles(submitJob)
  submit(): Promise<void> {
    return Promise.resolve();
  }

  @Handles(lookJob)
  look(): Promise<void> {
    return Promise.resolve();
  }

  @Handles(deliverJob)
  deliver(): Promise<void> {
    return Promise.resolve();
  }
}

const nobody = { cancelled: () => Promise.resolve(), refunded: () => Promise.resolve() };

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([GenerationPhoto, GenerationTemplate])],
  providers: [NoSteps, { provide: GenerationFrontend, useValue: nobody }, { provide: KieClient, useValue: {} }],
  exports: [GenerationFrontend, KieClient],
})
class SurroundingsModule {}

/** The operator's routes on real stores, at a time that stands still. */
export async function operatorWorld(env: Record<string, string> = {}): Promise<OperatorWorld> {
  const stores = await testStores();
  const api = await startApi({
    stores,
    groups: [generationConfig, opsConfig, storageConfig],
    // Tokens are verified by the time that it really is.
    env: { NEXUS_ROLES: 'api', OPERATOR_TIMEZONE: 'Europe/Moscow', ACCESS_TOKEN_TTL_SEC: '3000000000', ...env },
    imports: [
      DiscoveryModule,
      EventsModule,
      QueueModule,
      HttpModule,
      StorageModule,
      StandInsModule.forRoot({}),
      RecordingFrontendModule,
      OpsModule,
      AudienceModule,
      SurroundingsModule,
      OperatorModule,
    ],
    replace: [[Clock, new ManualClock(NOW.getTime())]],
  });
  const database = api.app.get(Database);
  const operator = await operatorOf(api);
  return {
    database,
    ledger: api.app.get(Ledger, { strict: false }),
    ...operator,
    post: (path, json) => operator.ask(path, { method: 'POST', json }),
    empty: async () => {
      await database.query('TRUNCATE generation_batches, generation_keys, generation_photos, audit_log CASCADE');
    },
    close: async () => {
      await api.close();
      await stores.close();
    },
  };
}
