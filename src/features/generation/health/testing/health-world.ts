import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { platformApp } from '../../../../../test/support/platform.js';
import { testStores } from '../../../../../test/support/stores.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { Database } from '../../../../platform/database/database.js';
import { storageConfig } from '../../../../platform/storage/storage.config.js';
import { StorageModule } from '../../../../platform/storage/storage.module.js';
import { AlertsFrontend, opsConfig, OpsModule } from '../../../ops/index.js';
import { RecordingFrontend, RecordingFrontendModule } from '../../../ops/testing/recording-frontend.js';
import { GenerationBatch } from '../../batches/generation-batch.entity.js';
import { generationConfig } from '../../generation.config.js';
import { GenerationJob } from '../../jobs/generation-job.entity.js';
import { GenerationJobEvent } from '../../jobs/generation-job-event.entity.js';
import { GenerationKey } from '../../keys/generation-key.entity.js';
import { GenerationPhoto } from '../../photos/generation-photo.entity.js';
import { GenerationTemplate } from '../../prompts/generation-template.entity.js';
import { GenerationHealthModule } from '../health.module.js';

export interface HealthWorld {
  database: Database;
  clock: ManualClock;
  /** What the operator was told, as `RecordingFrontend` notes it. */
  notes: string[];
  get<T>(type: Type<T> | (abstract new (...args: never[]) => T)): T;
  empty(): Promise<void>;
  close(): Promise<void>;
}

@Module({
  imports: [
    TypeOrmModule.forFeature([
      GenerationBatch,
      GenerationJob,
      GenerationJobEvent,
      GenerationKey,
      GenerationPhoto,
      GenerationTemplate,
    ]),
  ],
})
class RowsModule {}

/** What watches and tidies up, on real stores. Nothing runs by itself: a test asks for it. */
export async function healthWorld(env: Record<string, string> = {}): Promise<HealthWorld> {
  const stores = await testStores();
  const dataDir = mkdtempSync(join(tmpdir(), 'nexus-generation-'));
  const clock = new ManualClock(Date.parse('2026-11-20T12:00:00Z'));
  const app = await platformApp({
    stores,
    groups: [generationConfig, opsConfig, storageConfig],
    env: { NEXUS_ROLES: 'api', DATA_DIR: dataDir, ...env },
    imports: [OpsModule, RecordingFrontendModule, StorageModule, RowsModule, GenerationHealthModule],
    replace: [[Clock, clock]],
  });
  const database = app.get(Database);
  const { notes } = app.get<RecordingFrontend>(AlertsFrontend);
  return {
    database,
    clock,
    notes,
    get: (type) => app.get(type, { strict: false }),
    empty: async () => {
      notes.length = 0;
      await database.query('TRUNCATE generation_batches, generation_photos, alerts, errors CASCADE');
    },
    close: async () => {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
      await stores.close();
    },
  };
}
