import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModuleMetadata } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { authConfig } from '../../auth/auth.config.js';
import { AuthModule } from '../../auth/auth.module.js';
import { ClockModule } from '../../clock/clock.module.js';
import { ConfigModule } from '../../config/config.module.js';
import { processConfig } from '../../config/process.config.js';
import { Settings, type ConfigGroup } from '../../config/settings.js';
import { CryptoModule } from '../../crypto/crypto.module.js';
import { secretsConfig } from '../../crypto/secrets.config.js';
import { databaseConfig } from '../../database/database.config.js';
import { DatabaseModule } from '../../database/database.module.js';
import { HealthModule } from '../../health/health.module.js';
import { IdempotencyModule } from '../../idempotency/idempotency.module.js';
import { LoggingModule } from '../../logging/logging.module.js';
import { redisConfig } from '../../redis/redis.config.js';
import { RedisModule } from '../../redis/redis.module.js';
import { configureHttp } from '../configure-http.js';

const GROUPS = [processConfig, databaseConfig, redisConfig, secretsConfig, authConfig];

interface Options extends Pick<ModuleMetadata, 'imports' | 'controllers' | 'providers'> {
  stores: { databaseUrl: string; redisUrl: string };
  /** Configuration groups of the features in `imports`. */
  groups?: ConfigGroup[];
  env?: Record<string, string>;
  /** Providers to put in the place of others, by their tokens. */
  replace?: [token: unknown, value: unknown][];
}

export interface TestApi {
  app: NestExpressApplication;
  /** Calls a path of the running service. An object as `json` becomes the body; `token` the bearer. */
  call(path: string, request?: Call): Promise<Response>;
  close(): Promise<void>;
}

export interface Call extends RequestInit {
  json?: unknown;
  token?: string;
}

/** The REST common ground with the modules or controllers of a test, listening on a free port. */
export async function startApi({
  stores,
  groups = [],
  env = {},
  imports = [],
  replace = [],
  ...parts
}: Options): Promise<TestApi> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nexus-api-'));
  const settings = Settings.read([...GROUPS, ...groups], {
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    JWT_SECRET: 'a secret of tests, long enough for them',
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    ...env,
  });
  const common = [
    ConfigModule.forRoot(settings),
    LoggingModule,
    ClockModule,
    DatabaseModule.forRoot([]),
    RedisModule,
    CryptoModule,
    AuthModule,
    IdempotencyModule,
    HealthModule.forRoot({ sandbox: true }),
  ];
  const builder = Test.createTestingModule({ imports: [...common, ...imports], ...parts });
  for (const [token, value] of replace) builder.overrideProvider(token).useValue(value);
  const module = await builder.compile();
  const app = module.createNestApplication<NestExpressApplication>({ logger: false, bodyParser: false });
  configureHttp(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    call: (path, request) => fetch(`http://127.0.0.1:${port}${path}`, requestInit(request)),
    close: async () => {
      await app.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

function requestInit({ json, token, headers, ...rest }: Call = {}): RequestInit {
  const all = new Headers(headers);
  if (token !== undefined) all.set('authorization', `Bearer ${token}`);
  if (json === undefined) return { ...rest, headers: all };
  all.set('content-type', 'application/json');
  return { method: 'POST', ...rest, headers: all, body: JSON.stringify(json) };
}
