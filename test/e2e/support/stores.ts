import { Client } from 'pg';
import { createClient } from 'redis';
import { eventually } from '../../support/eventually.js';
import { startEmbeddedStores } from '../../../src/platform/embedded/index.js';

export interface RequestRow {
  state: string;
  fix: string | null;
  run: number;
}

/** The stores of a service that runs, seen from outside. */
export class Stores {
  private constructor(
    private readonly databaseUrl: string,
    private readonly redisUrl: string,
  ) {}

  static async attach(dataDir: string): Promise<Stores> {
    const found = await startEmbeddedStores({ dataDir, postgres: true, redis: true, log: () => undefined });
    if (found.owner) {
      await found.stop();
      throw new Error(`No service runs the stores of ${dataDir}`);
    }
    return new Stores(found.databaseUrl ?? '', found.redisUrl ?? '');
  }

  async query<Row extends object>(sql: string, params: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query<Row>(sql, params)).rows;
    } finally {
      await client.end();
    }
  }

  requests(link: string): Promise<RequestRow[]> {
    return this.query<RequestRow>('SELECT state, fix, run FROM download_requests WHERE link = $1', [link]);
  }

  /** Nothing is owed to anybody any more: whatever came twice until now will not come a third time. */
  async untilNothingIsOwed(deadlineMs: number): Promise<void> {
    await eventually(async () => {
      const owed = await this.query(
        `SELECT key AS what, state FROM telegram_outbox WHERE state IN ('pending', 'sending')
         UNION ALL
         SELECT link AS what, state FROM download_requests WHERE state NOT IN ('delivered', 'failed', 'cancelled')`,
      );
      if (owed.length > 0) throw new Error(JSON.stringify(owed));
      return true;
    }, deadlineMs);
  }

  async flushRedis(): Promise<void> {
    await this.inRedis((client) => client.flushAll());
  }

  /** How long each key lives that has one of the words in its name or its value; -1: for ever. */
  async secondsInRedis(words: string[]): Promise<number[]> {
    return this.inRedis(async (client) => {
      const found: number[] = [];
      for (const key of await client.keys('*')) {
        const isHash = (await client.type(key)) === 'hash';
        const value = isHash ? JSON.stringify(await client.hGetAll(key)) : await client.get(key).catch(() => '');
        if (words.some((word) => `${key} ${value ?? ''}`.includes(word))) found.push(await client.ttl(key));
      }
      return found;
    });
  }

  /** Who holds a slot of the platform, by provider. */
  async slotHolders(platform: string): Promise<string[]> {
    return this.inRedis(async (client) => {
      const slots = await client.keys(`nexus:slot:${platform}:*`);
      return (await Promise.all(slots.map((slot) => client.zRange(slot, 0, -1)))).flat();
    });
  }

  private async inRedis<T>(work: (client: ReturnType<typeof redisAt>) => Promise<T>): Promise<T> {
    const client = redisAt(this.redisUrl);
    await client.connect();
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  }
}

function redisAt(url: string) {
  return createClient({ socket: { path: url.replace('unix://', ''), tls: false } });
}
