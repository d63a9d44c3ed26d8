import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { configGroups } from './app.config.js';
import { processConfig } from './platform/config/process.config.js';
import { Settings } from './platform/config/settings.js';
import { ensureSecrets } from './platform/crypto/ensure-secrets.js';
import { databaseConfig } from './platform/database/database.config.js';
import { startEmbeddedStores, type EmbeddedStores } from './platform/embedded/index.js';
import { redisConfig } from './platform/redis/redis.config.js';

export interface Foundation {
  /** With everything decided that the environment may leave open. */
  settings: Settings;
  /** Ends the stores, if this process runs them. */
  close(): Promise<void>;
}

/**
 * What every process of Nexus stands on: settings, and stores that run.
 * @param log hears what the stores say
 * @throws ConfigError with every problem of the environment
 */
export async function startFoundation(
  env: Record<string, string | undefined>,
  log: (line: string) => void,
): Promise<Foundation> {
  const settings = await decide(Settings.read(configGroups, env));
  const stores = await startEmbeddedStores({
    dataDir: settings.get(processConfig).dataDir,
    postgres: settings.get(databaseConfig).url === undefined,
    redis: settings.get(redisConfig).url === undefined,
    log,
  });
  return { settings: withStores(settings, stores), close: () => stores.stop() };
}

async function decide(settings: Settings): Promise<Settings> {
  const dataDir = resolve(settings.get(processConfig).dataDir);
  mkdirSync(dataDir, { recursive: true });
  const port = settings.get(processConfig).port || (await freePort());
  const decided = settings
    .with(processConfig, { dataDir, port })
    .withDefaults(processConfig, { publicBaseUrl: `http://localhost:${port}` });
  return ensureSecrets(decided, dataDir);
}

/** Known before anything listens, for it is part of the addresses that the outside is told. */
function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (typeof address === 'object' && address) found(address.port);
        else failed(new Error('No free port'));
      });
    });
  });
}

function withStores(settings: Settings, { databaseUrl, redisUrl }: EmbeddedStores): Settings {
  let decided = settings;
  if (databaseUrl !== undefined) decided = decided.with(databaseConfig, { url: databaseUrl });
  if (redisUrl !== undefined) decided = decided.with(redisConfig, { url: redisUrl });
  return decided;
}
