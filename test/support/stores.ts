import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { inject } from 'vitest';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { startEmbeddedStores } from '../../src/platform/embedded/index.js';
import { migrations } from './migrations.mjs';

export interface TestStores {
  /** A database of this caller's own, all migrations applied. */
  databaseUrl: string;
  /** A Redis of this caller's own: it may be flushed. */
  redisUrl: string;
  close(): Promise<void>;
}

const TEMPLATE = 'nexus_template';
const TEMPLATE_LOCK = 5_270_002;

/** Real, empty, migrated stores: a clone of a template database in the shared PostgreSQL, and a fresh Redis. */
export async function testStores(): Promise<TestStores> {
  const postgresUrl = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(postgresUrl, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await ensureTemplate(admin, postgresUrl);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'nexus-redis-'));
  const redis = await startEmbeddedStores({ dataDir, postgres: false, redis: true, log: () => undefined });
  return {
    databaseUrl: inDatabase(postgresUrl, name),
    redisUrl: redis.redisUrl ?? '',
    close: async () => {
      await redis.stop();
      rmSync(dataDir, { recursive: true, force: true });
      await asAdmin(postgresUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

async function ensureTemplate(admin: Client, postgresUrl: string): Promise<void> {
  const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
  if (rowCount) return;
  const building = `${TEMPLATE}_building`;
  await admin.query(`DROP DATABASE IF EXISTS ${building}`);
  await admin.query(`CREATE DATABASE ${building}`);
  const options = dataSourceOptions({ url: inDatabase(postgresUrl, building), poolSize: 2 });
  const dataSource = await new DataSource({ ...options, migrations }).initialize();
  await migrate(dataSource);
  await dataSource.destroy();
  await admin.query(`ALTER DATABASE ${building} RENAME TO ${TEMPLATE}`);
}

async function asAdmin(postgresUrl: string, work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: inDatabase(postgresUrl, 'postgres') });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function inDatabase(postgresUrl: string, database: string): string {
  const url = new URL(postgresUrl);
  url.pathname = `/${database}`;
  return url.href;
}
