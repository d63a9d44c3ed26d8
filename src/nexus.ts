import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule, type AppParts } from './app.module.js';
import { FirstAdmin, type FirstAdminAccount } from './features/accounts/index.js';
import { startFoundation } from './foundation.js';
import { processConfig } from './platform/config/process.config.js';
import type { Migrations } from './platform/database/database.module.js';
import { configureHttp } from './platform/http-server/configure-http.js';
import { serveQueuesBoard } from './queues-board.js';
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

type Log = (line: string) => void;

interface NexusOptions {
  env: Record<string, string | undefined>;
  migrations: Migrations;
  /** Hears what the stores say. */
  log: Log;
  signal: AbortSignal;
}

interface Part {
  close(): Promise<unknown>;
}

/**
 * Starts a whole Nexus: what it stands on first, what talks to people last; `close` goes the other way round. When
 * `signal` is aborted meanwhile, it closes what stands already and rejects with the reason.
 * @throws ConfigError with every problem of the environment.
 */
export async function startNexus({ env, migrations, log, signal }: NexusOptions): Promise<Nexus> {
  const started: Part[] = [];
  const close = () => closeAll(started.splice(0).reverse());
  const add = (part: Part) => {
    started.push(part);
    signal.throwIfAborted();
  };
  try {
    const foundation = await startFoundation(env, log);
    add(foundation);
    const { settings } = foundation;
    const sandbox = await startSandboxFor(settings, log);
    if (sandbox) add(sandbox);
    const app = await createApp({ settings: sandbox?.settings ?? settings, migrations, sandbox });
    add(app);
    const { host, port } = settings.get(processConfig);
    await app.init();
    app.useLogger(app.get(Logger));
    const admin = await app.get(FirstAdmin).ensure();
    await app.listen(port, host);
    signal.throwIfAborted();
    return { app, url: await app.getUrl(), sandbox, admin, close };
  } catch (error) {
    await close().catch((problem: unknown) => {
      log(String(problem));
    });
    throw error;
  }
}

/** Closes each of them in turn, whatever becomes of the others. */
async function closeAll(parts: Part[]): Promise<void> {
  const problems: unknown[] = [];
  for (const part of parts) await part.close().catch((problem: unknown) => problems.push(problem));
  if (problems.length > 0) throw new AggregateError(problems, `Not closed in order: ${problems.join('; ')}`);
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
  serveQueuesBoard(app);
  const { publicBaseUrl = '' } = parts.settings.get(processConfig);
  serveWeb(app, { startPage: parts.sandbox ? '/sandbox/chat' : '/connections', publicBaseUrl });
  return app;
}
