import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ClockModule } from '../../src/platform/clock/clock.module.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { processConfig } from '../../src/platform/config/process.config.js';
import { Settings, type ConfigGroup } from '../../src/platform/config/settings.js';
import { databaseConfig } from '../../src/platform/database/database.config.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { DiscoveryModule } from '../../src/platform/discovery/discovery.module.js';
import { EventsModule } from '../../src/platform/events/events.module.js';
import { QueueModule } from '../../src/platform/queue/queue.module.js';
import { redisConfig } from '../../src/platform/redis/redis.config.js';
import { RedisModule } from '../../src/platform/redis/redis.module.js';
import type { TestStores } from './stores.js';

interface Wanted extends Pick<ModuleMetadata, 'imports' | 'providers'> {
  stores: TestStores;
  groups?: ConfigGroup[];
  env?: Record<string, string>;
  /** Providers to put in the place of others, by their tokens. */
  replace?: [token: unknown, value: unknown][];
}

/** A small application on real stores: the platform's core and whatever a test wants to look at. */
export async function platformApp({
  stores,
  groups = [],
  env = {},
  imports = [],
  providers,
  replace = [],
}: Wanted): Promise<INestApplication> {
  const settings = Settings.read([processConfig, databaseConfig, redisConfig, ...groups], {
    NODE_ENV: 'test',
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
    DATABASE_POOL_SIZE: '10',
    ...env,
  });
  const builder = Test.createTestingModule({
    imports: [
      ConfigModule.forRoot(settings),
      ClockModule,
      DiscoveryModule,
      DatabaseModule.forRoot([]),
      RedisModule,
      QueueModule,
      EventsModule,
      ...imports,
    ],
    providers,
  });
  for (const [token, value] of replace) builder.overrideProvider(token).useValue(value);
  const module = await builder.compile();
  const app = module.createNestApplication({ logger: false });
  await app.init();
  return app;
}
