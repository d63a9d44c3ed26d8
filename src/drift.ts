import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { configGroups } from './app.config.js';
import { createApp } from './nexus.js';
import { envExample } from './platform/config/env-example.js';
import { Settings } from './platform/config/settings.js';
import { ensureSecrets } from './platform/crypto/ensure-secrets.js';
import { startEmbeddedStores, type EmbeddedStores } from './platform/embedded/index.js';
import { buildOpenApi } from './platform/http-server/openapi.js';

const MIGRATIONS = [join(__dirname, 'migrations', '*.js')];

/**
 * `node dist/drift.js <folder>` writes there what the code says about itself, for scripts/drift.mjs to compare:
 * - `openapi.json` and `.env.example` as they should be committed,
 * - `schema.sql`: what the entities need and the migrations do not do; empty when they agree.
 */
async function main(folder: string): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nexus-drift-'));
  const stores = await startEmbeddedStores({ dataDir, postgres: true, redis: true, log: () => undefined });
  try {
    await describeTo(folder, dataDir, stores);
  } finally {
    await stores.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function describeTo(folder: string, dataDir: string, stores: EmbeddedStores): Promise<void> {
  const env = {
    DATA_DIR: dataDir,
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
    PUBLIC_BASE_URL: 'http://localhost',
    LOG_LEVEL: 'error',
  };
  const settings = await ensureSecrets(Settings.read(configGroups, env), dataDir);
  // Put together but not initialised: what runs at a start may need the very columns that are missing.
  const app = await createApp({ settings, migrations: MIGRATIONS, sandbox: null });
  // Clients that see their stores go at the end need not tell.
  app.useLogger(false);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'openapi.json'), `${JSON.stringify(buildOpenApi(app), null, 2)}\n`);
  writeFileSync(join(folder, '.env.example'), envExample(configGroups));
  const dataSource = app.get(DataSource);
  writeFileSync(join(folder, 'schema.sql'), await missingSchema(dataSource));
  await dataSource.destroy();
}

async function missingSchema(dataSource: DataSource): Promise<string> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => `${query};\n`).join('');
}

main(process.argv[2] ?? '.').then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
    process.exit(1);
  },
);
