import { join } from 'node:path';
import { Client } from 'pg';
import { createClient } from 'redis';
import { startEmbeddedStores, type EmbeddedStores } from '../../../src/platform/embedded/index.js';

/** Stores that outlive every service, each in a folder of its own, so that one of them can be restarted alone. */
export class OwnStores {
  private constructor(
    private readonly folder: string,
    private postgres: EmbeddedStores,
    private readonly redis: EmbeddedStores,
  ) {}

  static async start(folder: string): Promise<OwnStores> {
    const [postgres, redis] = await Promise.all([start(folder, 'postgres'), start(folder, 'redis')]);
    return new OwnStores(folder, postgres, redis);
  }

  get env(): { DATABASE_URL: string; REDIS_URL: string } {
    return { DATABASE_URL: this.postgres.databaseUrl ?? '', REDIS_URL: this.redis.redisUrl ?? '' };
  }

  /** At the same address, with the same data. */
  async restartPostgres(): Promise<void> {
    await this.postgres.stop();
    this.postgres = await start(this.folder, 'postgres');
  }

  async flushRedis(): Promise<void> {
    const path = this.env.REDIS_URL.replace('unix://', '');
    const client = createClient({ socket: { path, tls: false } });
    await client.connect();
    await client.flushAll();
    client.destroy();
  }

  async query<Row extends object>(sql: string, params: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.env.DATABASE_URL });
    await client.connect();
    try {
      return (await client.query<Row>(sql, params)).rows;
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await this.redis.stop();
    await this.postgres.stop();
  }
}

function start(folder: string, store: 'postgres' | 'redis'): Promise<EmbeddedStores> {
  const asked = { postgres: store === 'postgres', redis: store === 'redis' };
  return startEmbeddedStores({ dataDir: join(folder, `stores-${store}`), ...asked, log: () => undefined });
}
