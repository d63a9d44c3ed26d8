import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNexus, type Nexus } from '../../src/nexus.js';
import { migrations } from './migrations.mjs';
import { testStores } from './stores.js';

/** A whole Nexus in this process, with nothing configured but its stores: the sandbox is on. */
export async function testNexus(env: Record<string, string> = {}): Promise<Nexus> {
  const stores = await testStores();
  const dataDir = mkdtempSync(join(tmpdir(), 'nexus-whole-'));
  const clean = async () => {
    await stores.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const nexus = await startNexus({
    env: {
      NODE_ENV: 'test',
      DATABASE_URL: stores.databaseUrl,
      REDIS_URL: stores.redisUrl,
      DATA_DIR: dataDir,
      PORT: '0',
      SANDBOX_PORT: '0',
      LOG_LEVEL: 'silent',
      PATH: process.env.PATH,
      ...env,
    },
    migrations,
    log: () => undefined,
    signal: new AbortController().signal,
  }).catch(async (error: unknown) => {
    await clean();
    throw error;
  });
  const close = async () => {
    await nexus.close();
    await clean();
  };
  return { ...nexus, close };
}
