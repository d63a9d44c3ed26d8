import { randomUUID } from 'node:crypto';
import { testStores, type TestStores } from '../../../../../test/support/stores.js';
import { Database } from '../../../../platform/database/database.js';
import { DiscoveryModule } from '../../../../platform/discovery/discovery.module.js';
import { EventsModule } from '../../../../platform/events/events.module.js';
import { operatorOf, type TestOperator } from '../../../../platform/http-server/testing/operator.js';
import { startApi, type TestApi } from '../../../../platform/http-server/testing/start-api.js';
import { QueueModule } from '../../../../platform/queue/queue.module.js';
import { Schedules } from '../../../../platform/queue/schedules.js';
import { StandInsModule, type StandIns } from '../../../../platform/stand-ins/stand-ins.js';
import { AlertsFrontend, opsConfig, OpsModule } from '../../../ops/index.js';
import { RecordingFrontend, RecordingFrontendModule } from '../../../ops/testing/recording-frontend.js';
import { generationConfig } from '../../generation.config.js';
import { KieCalls } from '../../kie/kie-calls.js';
import { KieClient } from '../../kie/kie-client.js';
import { ModelsModule } from '../../models/models.module.js';
import { GenerationKey } from '../generation-key.entity.js';
import { KeyDesk } from '../key-desk.js';
import { KeySafe } from '../key-safe.js';
import { KeysModule } from '../keys.module.js';
import { FakeKieClient } from './fake-kie-client.js';

/** A process of Nexus as far as keys and models are concerned, on real stores. */
export interface KeysProcess extends TestOperator {
  api: TestApi;
  database: Database;
  desk: KeyDesk;
  kie: FakeKieClient;
  frontend: RecordingFrontend;
}

export async function startKeys(
  stores: TestStores,
  env: Record<string, string> = {},
  standIns: StandIns = {},
): Promise<KeysProcess> {
  const kie = new FakeKieClient();
  const api = await startApi({
    stores,
    groups: [generationConfig, opsConfig],
    env: { NEXUS_ROLES: 'api', ...env },
    imports: [
      DiscoveryModule,
      EventsModule,
      QueueModule,
      RecordingFrontendModule,
      OpsModule,
      StandInsModule.forRoot(standIns),
      KeysModule,
      ModelsModule,
    ],
    replace: [
      [KieClient, kie],
      [KieCalls, null],
      // What is due is run by the tests.
      [Schedules, null],
    ],
  });
  const { app } = api;
  return {
    api,
    kie,
    ...(await operatorOf(api, '/api/v1/generation')),
    database: app.get(Database),
    desk: app.get(KeyDesk, { strict: false }),
    frontend: app.get<RecordingFrontend>(AlertsFrontend),
  };
}

export async function keysWorld(env: Record<string, string> = {}, standIns: StandIns = {}) {
  const stores = await testStores();
  const first = await startKeys(stores, env, standIns);
  return {
    ...first,
    stores,
    close: async () => {
      await first.api.close();
      await stores.close();
    },
  };
}

export async function clearKeys(database: Database): Promise<void> {
  await database.query(
    'TRUNCATE generation_batches, generation_keys, generation_paused_models, alerts, audit_log CASCADE',
  );
}

/** A key called like its account, unless the test says otherwise; it opens as `key of {name}`. @returns its id */
export async function insertKey(
  { api, database }: KeysProcess,
  name: string,
  fields: Partial<GenerationKey> = {},
): Promise<string> {
  const id = randomUUID();
  const apiKey = api.app.get(KeySafe, { strict: false }).close(id, `key-of-${name}`);
  await database.repository(GenerationKey).insert({ id, name, account: name, apiKey, ...fields });
  return id;
}

/** A job that submissions may belong to. @returns its id */
export async function insertJob(database: Database): Promise<string> {
  const [batchId, jobId] = [randomUUID(), randomUUID()];
  await database.query(
    `INSERT INTO generation_batches (id, draft_id, bot, chat_id, tg_user_id, language, kind, size, cost_credits)
     VALUES ($1, $2, 'generation', 1, 1, 'en', 'own', 1, 1)`,
    [batchId, randomUUID()],
  );
  await database.query(
    `INSERT INTO generation_jobs (id, batch_id, tg_user_id, bot, kind, product_text, photo_key, model, cost_credits,
       idempotency_key)
     VALUES ($1, $2, 1, 'generation', 'own', 'A mug', 'photo', 'bytedance/seedance-2', 1, $3)`,
    [jobId, batchId, jobId],
  );
  return jobId;
}

/** What a worker writes down when it is admitted. */
export function recorder(database: Database, jobId: string): (key: { id: string; account: string }) => Promise<void> {
  return async ({ id, account }) => {
    await database.query(
      `INSERT INTO generation_submissions (job_id, attempt, model, key_id, account, token_hash)
       VALUES ($1, (SELECT count(*) FROM generation_submissions WHERE job_id = $1), 'bytedance/seedance-2', $2, $3, '')`,
      [jobId, id, account],
    );
  };
}
