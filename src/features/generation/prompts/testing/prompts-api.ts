import { Clock, SystemClock } from '../../../../platform/clock/clock.js';
import { Database } from '../../../../platform/database/database.js';
import { DiscoveryModule } from '../../../../platform/discovery/discovery.module.js';
import { EventsModule } from '../../../../platform/events/events.module.js';
import { operatorOf, type TestOperator } from '../../../../platform/http-server/testing/operator.js';
import { startApi, type TestApi } from '../../../../platform/http-server/testing/start-api.js';
import { llmConfig } from '../../../../platform/llm/llm.config.js';
import { LlmModule } from '../../../../platform/llm/llm.module.js';
import { mediaConfig } from '../../../../platform/media/media.config.js';
import { MediaModule } from '../../../../platform/media/media.module.js';
import { programsConfig } from '../../../../platform/programs/programs.config.js';
import { ProgramsModule } from '../../../../platform/programs/programs.module.js';
import { QueueModule } from '../../../../platform/queue/queue.module.js';
import { StandInsModule } from '../../../../platform/stand-ins/stand-ins.js';
import { storageConfig } from '../../../../platform/storage/storage.config.js';
import { StorageModule } from '../../../../platform/storage/storage.module.js';
import { testStores, type TestStores } from '../../../../../test/support/stores.js';
import { opsConfig, OpsModule } from '../../../ops/index.js';
import { RecordingFrontendModule } from '../../../ops/testing/recording-frontend.js';
import { generationConfig } from '../../generation.config.js';
import { Models } from '../../models/models.js';
import { PromptsModule } from '../prompts.module.js';
import { SHIPPED_TEMPLATES, TEMPLATES_FOLDER } from '../template-files.js';

/** Waits for nothing. */
class HastyClock extends SystemClock {
  override async delay(_ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
  }
}

export interface PromptsApi extends TestOperator {
  api: TestApi;
  database: Database;
  close(): Promise<void>;
}

interface Wanted {
  env?: Record<string, string>;
  folder?: string;
  /** Of its own unless told. */
  stores?: TestStores;
}

/** Templates and prompts on real stores. Nexus knows one video model, `a/model`. */
export async function promptsApi({ env, folder = SHIPPED_TEMPLATES, stores }: Wanted = {}): Promise<PromptsApi> {
  const used = stores ?? (await testStores());
  const api = await startApi({
    stores: used,
    groups: [generationConfig, llmConfig, mediaConfig, opsConfig, programsConfig, storageConfig],
    env: { PATH: '/usr/bin:/bin', ...env },
    imports: [
      DiscoveryModule,
      EventsModule,
      QueueModule,
      StorageModule,
      StandInsModule.forRoot({}),
      LlmModule,
      MediaModule,
      ProgramsModule,
      RecordingFrontendModule,
      OpsModule,
      PromptsModule,
    ],
    replace: [
      [Clock, new HastyClock()],
      [Models, { get: (slug: string) => (slug === 'a/model' ? { slug } : undefined) }],
      [TEMPLATES_FOLDER, folder],
    ],
  });
  return {
    api,
    database: api.app.get(Database),
    ...(await operatorOf(api)),
    close: async () => {
      await api.close();
      if (!stores) await used.close();
    },
  };
}
