import { parse } from 'pg-connection-string';
import type { DataSourceOptions } from 'typeorm';
import { SnakeNaming } from './snake-naming.js';

export interface Connection {
  /** `postgresql://…`; a unix socket is `?host=/folder`. */
  url: string;
  poolSize: number;
}

/** What every DataSource of Nexus shares: the service, its migrations, its tests. */
export function dataSourceOptions({ url, poolSize }: Connection): DataSourceOptions & { type: 'postgres' } {
  const { host, port, user, password, database, ssl } = parse(url);
  return {
    type: 'postgres',
    host: host ?? undefined,
    port: port ? Number(port) : undefined,
    username: user,
    password,
    database: database ?? undefined,
    poolSize,
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    // gen_random_uuid() is built in; no extension is needed for it.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    migrationsRun: false,
    applicationName: 'nexus',
    extra: {
      ssl,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
      // For a server that is there and says nothing: the limits above are its own to keep.
      query_timeout: 35_000,
      connectionTimeoutMillis: 15_000,
    },
  };
}
