import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { authConfig } from '../../../platform/auth/auth.config.js';
import { AuthModule } from '../../../platform/auth/auth.module.js';
import { CryptoModule } from '../../../platform/crypto/crypto.module.js';
import { secretsConfig } from '../../../platform/crypto/secrets.config.js';
import { Database } from '../../../platform/database/database.js';
import { egressConfig } from '../../../platform/egress/egress.config.js';
import { EgressModule } from '../../../platform/egress/egress.module.js';
import { HttpModule } from '../../../platform/http/http.module.js';
import { llmConfig } from '../../../platform/llm/llm.config.js';
import { LlmModule } from '../../../platform/llm/llm.module.js';
import { Media } from '../../../platform/media/index.js';
import { mediaConfig } from '../../../platform/media/media.config.js';
import { MediaModule } from '../../../platform/media/media.module.js';
import { programsConfig } from '../../../platform/programs/programs.config.js';
import { ProgramsModule } from '../../../platform/programs/programs.module.js';
import { StandInsModule } from '../../../platform/stand-ins/stand-ins.js';
import { storageConfig } from '../../../platform/storage/storage.config.js';
import { StorageModule } from '../../../platform/storage/storage.module.js';
import { telegramConfig } from '../../../telegram/index.js';
import { platformApp } from '../../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { Ledger } from '../../credits/index.js';
import { OpsModule, opsConfig } from '../../ops/index.js';
import { RecordingFrontendModule } from '../../ops/testing/recording-frontend.js';
import {
  Generation,
  GenerationFrontend,
  GenerationModule,
  generationConfig,
  type GenerationJob,
  type Order,
} from '../index.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { KieClient } from '../kie/kie-client.js';
import { PromptWriter } from '../prompts/prompt-writer.js';
import { fakeMedia } from './fake-media.js';
import { RecordingGenerationFrontend, RecordingGenerationFrontendModule } from './recording-frontend.js';
import { ResultHost } from './result-host.js';
import { ScriptedKie } from './scripted-kie.js';
import { ScriptedWriter } from './scripted-writer.js';

/** A process with the feature, on the stores of its world. */
export interface GenerationNode {
  app: INestApplication;
  frontend: RecordingGenerationFrontend;
  jobs: JobsRepository;
  /** A person who has so many credits. @returns his Telegram id */
  person(credits: number): Promise<number>;
  /** What he would confirm, with a photo of his own. */
  order(tgUserId: number, changes?: Partial<Order>): Promise<Order>;
  /** Confirmed. @returns the jobs, in order */
  ordered(tgUserId: number, changes?: Partial<Order>): Promise<GenerationJob[]>;
  balance(tgUserId: number): Promise<{ available: number; held: number }>;
  close(): Promise<void>;
}

export interface GenerationWorld {
  kie: ScriptedKie;
  writer: ScriptedWriter;
  results: ResultHost;
  dataDir: string;
  stores: TestStores;
  /** With the role `worker` all moves by itself, with `api` (unless told) nothing does. */
  start(env?: Record<string, string>): Promise<GenerationNode>;
  close(): Promise<void>;
}

const people = { last: 5_000 };

/** Generation on real stores, with keys, models and credits as they are; the provider and the LLM do as they are told. */
export async function generationWorld(): Promise<GenerationWorld> {
  const stores = await testStores();
  const dataDir = mkdtempSync(join(tmpdir(), 'nexus-generation-'));
  const results = await ResultHost.start();
  const [kie, writer] = [new ScriptedKie(), new ScriptedWriter()];
  kie.resultUrl = results.url('video.mp4');
  const nodes = new Set<GenerationNode>();
  return {
    kie,
    writer,
    results,
    dataDir,
    stores,
    start: async (env = {}) => {
      const app = await platformApp({
        stores,
        groups: [
          authConfig,
          egressConfig,
          generationConfig,
          llmConfig,
          mediaConfig,
          opsConfig,
          programsConfig,
          secretsConfig,
          storageConfig,
          telegramConfig,
        ],
        env: {
          DATA_DIR: dataDir,
          DOWNLOAD_ALLOWED_PRIVATE_HOSTS: results.address,
          ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
          JWT_SECRET: 'a secret of tests, long enough for them',
          KIE_API_KEY: 'account-1',
          NEXUS_ROLES: 'api',
          PATH: '/usr/bin:/bin',
          ...env,
        },
        imports: [
          AuthModule,
          CryptoModule,
          EgressModule,
          HttpModule,
          LlmModule,
          MediaModule,
          ProgramsModule,
          StandInsModule.forRoot({}),
          StorageModule,
          RecordingFrontendModule,
          OpsModule,
          RecordingGenerationFrontendModule,
          GenerationModule,
        ],
        replace: [
          [KieClient, kie],
          [Media, fakeMedia],
          [PromptWriter, writer],
        ],
      });
      const node = nodeOf(app, dataDir, () => nodes.delete(node));
      nodes.add(node);
      return node;
    },
    close: async () => {
      for (const node of nodes) await node.close();
      await results.stop();
      await stores.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function nodeOf(app: INestApplication, dataDir: string, onClose: () => boolean): GenerationNode {
  const database = app.get(Database);
  const generation = app.get(Generation, { strict: false });
  const ledger = app.get(Ledger, { strict: false });
  const jobs = app.get(JobsRepository, { strict: false });
  const owner = (tgUserId: number) => ({ ownerKind: 'tg_user' as const, ownerId: String(tgUserId) });
  const order = async (tgUserId: number, changes: Partial<Order> = {}): Promise<Order> => ({
    draftId: randomUUID(),
    bot: 'generation',
    chatId: tgUserId,
    tgUserId,
    language: 'en',
    kind: 'ugc',
    photoKey: changes.photoKey ?? (await keepPhoto(database, dataDir, tgUserId)),
    productText: 'a red mug',
    wishes: null,
    userPrompt: null,
    count: 1,
    ...changes,
  });
  return {
    app,
    frontend: app.get<RecordingGenerationFrontend>(GenerationFrontend, { strict: false }),
    jobs,
    order,
    person: async (credits) => {
      const tgUserId = (people.last += 1);
      const grant = { owner: owner(tgUserId), amount: credits, idempotencyKey: `test:${tgUserId}`, actor: 'system' };
      if (credits > 0) await ledger.grant(grant);
      return tgUserId;
    },
    ordered: async (tgUserId, changes) => {
      const outcome = await generation.order(await order(tgUserId, changes));
      if (outcome.outcome !== 'started') throw new Error(`It is ${outcome.outcome}`);
      const rows = await database.query<{ id: string }>(
        'SELECT id FROM generation_jobs WHERE batch_id = $1 ORDER BY idempotency_key',
        [outcome.batch.id],
      );
      return Promise.all(rows.map(({ id }) => jobs.get(id)));
    },
    balance: (tgUserId) => ledger.balance(owner(tgUserId)),
    close: async () => {
      // What is closed twice opens its connections anew.
      if (onClose()) await app.close();
    },
  };
}

async function keepPhoto(database: Database, dataDir: string, tgUserId: number): Promise<string> {
  const key = `generation/photos/${randomUUID()}.jpg`;
  const path = join(dataDir, 'storage', key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'a photo');
  await database.query(
    `INSERT INTO generation_photos (key, tg_user_id, content_type, size_bytes, width, height)
     VALUES ($1, $2, 'image/jpeg', 7, 800, 800)`,
    [key, tgUserId],
  );
  return key;
}
