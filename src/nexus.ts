import { createServer } from 'node:net';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { configGroups } from './app.config.js';
import { AppModule, type AppParts } from './app.module.js';
import { FirstAdmin, type FirstAdminAccount } from './features/accounts/index.js';
import { processConfig } from './platform/config/process.config.js';
import { Settings } from './platform/config/settings.js';
import { ensureSecrets } from './platform/crypto/ensure-secrets.js';
import type { Migrations } from './platform/database/database.module.js';
import { databaseConfig } from './platform/database/database.config.js';
import { startEmbeddedStores, type EmbeddedStores } from './platform/embedded/index.js';
import { configureHttp } from './platform/http-server/configure-http.js';
import { redisConfig } from './platform/redis/redis.config.js';
import { sandboxGateway } from './sandbox-gateway.js';
import { startSandboxFor, type RunningSandbox } from './sandbox-start.js';
import { serveWeb } from './web-app.js';

export interface Nexus {
  app: NestExpressApplication;
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  url: string;
  sandbox: RunningSandbox | null;
  admin: FirstAdminAccount;
  close(): Promise<void>;
}

type Environment = Record<string, string | undefined>;
type Log = (line: string) => void;

/**
 * Starts a whole Nexus: what it stands on first, what talks to people last; `close` goes the other way round.
 * @throws ConfigError with every problem of the environment.
 */
export async function startNexus(env: Environment, migrations: Migrations, log: Log): Promise<Nexus> {
  const started: { close(): Promise<unknown> }[] = [];
  const close = async () => {
    for (const part of started.splice(0).reverse()) await part.close();
  };
  try {
    let settings = await decide(Settings.read(configGroups, env));
    const stores = await startStores(settings, log);
    started.push({ close: () => stores.stop() });
    settings = withStores(settings, stores);
    const sandbox = await startSandboxFor(settings, log);
    if (sandbox) started.push(sandbox);
    const app = await createApp({ settings: sandbox?.settings ?? settings, migrations, sandbox });
    started.push(app);
    const { host, port } = settings.get(processConfig);
    await app.init();
    app.useLogger(app.get(Logger));
    const admin = await app.get(FirstAdmin).ensure();
    await app.listen(port, host);
    return { app, url: await app.getUrl(), sandbox, admin, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The application, configured but neither initialised nor listening. */
export async function createApp(parts: AppParts): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(parts), {
    // Until the service's own logger takes over, only what is wrong: not each module and route.
    logger: ['fatal', 'error', 'warn'],
    bodyParser: false,
    abortOnError: false,
  });
  // Before anything reads bodies: it hands them on as they come.
  if (parts.sandbox) app.use('/sandbox/api', sandboxGateway(app, parts.sandbox));
  configureHttp(app);
  serveWeb(app, { startPage: parts.sandbox ? '/sandbox/chat' : '/docs' });
  return app;
}

/** Decides what the environment may leave open and the rest of the start needs. */
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

function startStores(settings: Settings, log: Log): Promise<EmbeddedStores> {
  return startEmbeddedStores({
    dataDir: settings.get(processConfig).dataDir,
    postgres: settings.get(databaseConfig).url === undefined,
    redis: settings.get(redisConfig).url === undefined,
    log,
  });
}

function withStores(settings: Settings, { databaseUrl, redisUrl }: EmbeddedStores): Settings {
  let decided = settings;
  if (databaseUrl !== undefined) decided = decided.with(databaseConfig, { url: databaseUrl });
  if (redisUrl !== undefined) decided = decided.with(redisConfig, { url: redisUrl });
  return decided;
}
