import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedStores } from '../../src/platform/embedded/index.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL that all integration tests share; each file gets a database of its own in it. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nexus-test-'));
  const stores = await startEmbeddedStores({ dataDir, postgres: true, redis: false, log: () => undefined });
  project.provide('postgresUrl', stores.databaseUrl ?? '');
  return async () => {
    await stores.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
