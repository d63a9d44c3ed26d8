import { fork, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createClient } from 'redis';
import { socketFolderOf } from './folders.js';
import { startEmbeddedStores, type EmbeddedStores } from './index.js';
import type { OwnerState } from './owner-lock.js';
import { isAlive, processIdentity, type ProcessRef } from './process-identity.js';
import { compileInto } from './testing/compile.js';
import { STORES_SCRIPT, StoresProcess } from './testing/stores-process.js';

type Urls = Pick<EmbeddedStores, 'databaseUrl' | 'redisUrl'>;

const asRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };

let folder: string;
let dataDir: string;
let script: string;
const cleanups: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'embedded-')));
  chmodSync(folder, 0o755);
  script = compileInto(join(folder, 'program'), STORES_SCRIPT);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  dataDir = mkdtempSync(join(folder, 'data-'));
  chmodSync(dataDir, 0o755);
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  // Those of a killed owner need a moment more.
  await until(() => !lock().servers.some(isAlive));
  rmSync(socketFolderOf(dataDir), { recursive: true, force: true });
});

async function startHere(log: (line: string) => void = () => undefined): Promise<EmbeddedStores> {
  const stores = await startEmbeddedStores({ dataDir, postgres: true, redis: true, log });
  cleanups.push(() => stores.stop());
  return stores;
}

async function startElsewhere(user?: { uid: number; gid: number }): Promise<StoresProcess> {
  const process = await StoresProcess.start(script, dataDir, user);
  cleanups.push(() => process.kill());
  return process;
}

async function withPostgres<T>({ databaseUrl }: Urls, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function redisClient({ redisUrl }: Urls) {
  return createClient({ socket: { path: redisUrl?.slice('unix://'.length) ?? '', tls: false } });
}

async function withRedis<T>(urls: Urls, work: (client: ReturnType<typeof redisClient>) => Promise<T>): Promise<T> {
  const client = redisClient(urls);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

async function write(urls: Urls): Promise<void> {
  await withPostgres(urls, (client) => client.query('CREATE TABLE kept AS SELECT 42 AS answer'));
  await withRedis(urls, (client) => client.set('kept', '42'));
}

async function read(urls: Urls): Promise<unknown[]> {
  const rows = await withPostgres(urls, (client) => client.query<{ answer: number }>('SELECT answer FROM kept'));
  return [rows.rows[0]?.answer, await withRedis(urls, (client) => client.get('kept'))];
}

const lockNumber = () =>
  Math.max(
    0,
    ...readdirSync(join(dataDir, 'embedded')).map((name) => Number(/^owner\.(\d+)\.json$/.exec(name)?.[1] ?? 0)),
  );
const lockFile = (number: number) => join(dataDir, 'embedded', `owner.${number}.json`);
const lock = () => JSON.parse(readFileSync(lockFile(lockNumber()), 'utf8')) as OwnerState;

const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 30_000, interval: 10 });

describe('one process', () => {
  // Root's servers are nobody, except under a closed folder, which nobody cannot pass.
  it.each([
    ['an open', 0o755, NOBODY.uid],
    ['a closed', 0o700, 0],
  ])('keeps what was written in %s folder across a stop and a start', async (_, mode, rootsServer) => {
    chmodSync(dataDir, mode);
    const first = await startHere();
    expect(first.owner).toBe(true);
    expect(statSync(join(dataDir, 'embedded', 'postgres')).uid).toBe(asRoot ? rootsServer : process.getuid?.());
    await write(first);
    await first.stop();

    expect(await read(await startHere())).toEqual([42, '42']);
  });

  it('goes on with the data when the folder has been closed or opened in between', async () => {
    for (const mode of [0o755, 0o700, 0o755]) {
      chmodSync(dataDir, mode);
      const stores = await startHere();
      if (lockNumber() === 1) await write(stores);
      expect(await read(stores)).toEqual([42, '42']);
      await stores.stop();
    }
  });

  it('starts a server that is safe for data and open to nobody else', async () => {
    const stores = await startHere();
    const setting = (name: string) =>
      withPostgres(stores, async (client) => {
        const { rows } = await client.query<Record<string, string>>(`SHOW ${name}`);
        return rows[0]?.[name];
      });
    expect(await setting('fsync')).toBe('on');
    expect(await setting('synchronous_commit')).toBe('on');
    expect(await setting('listen_addresses')).toBe('');
    expect(await setting('server_encoding')).toBe('UTF8');
    const lower = await withPostgres(stores, (client) =>
      client.query<{ word: string }>(`SELECT lower('ПРИВЕТ') AS word`),
    );
    expect(lower.rows[0]?.word).toBe('привет');
    expect(
      await withRedis(stores, (client) => client.configGet(['appendonly', 'appendfsync', 'maxmemory-policy', 'port'])),
    ).toEqual({ appendonly: 'yes', appendfsync: 'everysec', 'maxmemory-policy': 'noeviction', port: '0' });
  });

  it('starts only what is asked for', async () => {
    const stores = await startEmbeddedStores({ dataDir, postgres: false, redis: true, log: () => undefined });
    cleanups.push(() => stores.stop());
    expect(stores.databaseUrl).toBeUndefined();
    expect(readdirSync(join(dataDir, 'embedded'))).not.toContain('postgres');
    await expect(startHere()).rejects.toThrow(/without PostgreSQL/);
  });

  it('stops while clients are connected', async () => {
    const stores = await startHere();
    const { servers } = lock();
    await withPostgres(stores, async (client) => {
      client.on('error', () => undefined);
      await Promise.all([stores.stop(), stores.stop()]);
    });
    expect(servers).toHaveLength(2);
    expect(servers.filter(isAlive)).toEqual([]);
    expect(lock().phase).toBe('released');
  });

  it('leaves nothing running when it cannot start', async () => {
    await (await startHere()).stop();
    writeFileSync(join(dataDir, 'embedded', 'postgres', 'postgresql.conf'), 'nonsense');
    await expect(startHere()).rejects.toThrow(/PostgreSQL did not start: .*postgresql\.conf/);
    expect(lock()).toMatchObject({ phase: 'released', servers: [] });
  });

  it('says when a server ends by itself', async () => {
    const lines: string[] = [];
    await startHere((line) => lines.push(line));
    const redis = lock().servers[1] as ProcessRef;
    process.kill(redis.pid, 'SIGKILL');
    await until(() => lines.includes('Redis ended unexpectedly (SIGKILL)'));
  });

  it.runIf(asRoot)('runs for an ordinary user', async () => {
    chownSync(dataDir, NOBODY.uid, NOBODY.gid);
    const owner = await startElsewhere(NOBODY);
    await write(owner.stores);
    await owner.stop();
    expect(await read((await startElsewhere(NOBODY)).stores)).toEqual([42, '42']);
  });

  it.runIf(asRoot)('refuses a folder for sockets that is somebody else’s', async () => {
    const stores = await startHere();
    const sockets = (stores.redisUrl ?? '').slice('unix://'.length, -'/redis.sock'.length);
    await stores.stop();
    mkdirSync(sockets);
    chownSync(sockets, 12345, 12345);
    try {
      await expect(startHere()).rejects.toThrow(/belongs to user 12345/);
    } finally {
      rmSync(sockets, { recursive: true });
    }
  });
});

describe('several processes', () => {
  it('attach to the first, which stops the stores', async () => {
    const owner = await startElsewhere();
    const attached = await startHere();
    expect(attached).toMatchObject({ ...owner.stores, owner: false });
    await write(attached);
    await attached.stop();
    expect(await read(owner.stores)).toEqual([42, '42']);

    await owner.stop();
    const next = await startHere();
    expect(next.owner).toBe(true);
    expect(await read(next)).toEqual([42, '42']);
  });

  it('have one owner when they start at the same moment, also after a killed one', async () => {
    for (let round = 0; round < 2; round += 1) {
      const processes = await Promise.all(Array.from({ length: 4 }, () => startElsewhere()));
      const owners = processes.filter(({ stores }) => stores.owner);
      expect(owners).toHaveLength(1);
      const starts = await Promise.all(
        processes.map(({ stores }) =>
          withPostgres(stores, (client) => client.query('SELECT pg_postmaster_start_time() AS at')),
        ),
      );
      expect(new Set(starts.map(({ rows }) => String((rows as { at: Date }[])[0]?.at.getTime()))).size).toBe(1);
      await Promise.all(processes.map((process) => process.kill()));
    }
    expect(lockNumber()).toBe(2);
  });
});

describe('after kill -9', () => {
  it('the servers end with their owner', async () => {
    const owner = await startElsewhere();
    const { servers } = lock();
    expect(servers.filter(isAlive)).toHaveLength(2);
    await owner.kill();
    await until(() => !servers.some(isAlive));
  });

  it('the next start goes on with the data', async () => {
    const owner = await startElsewhere();
    await write(owner.stores);
    await owner.kill();
    const next = await startHere();
    expect(next.owner).toBe(true);
    expect(await read(next)).toEqual([42, '42']);
  });

  it('of the servers too the next start goes on with the data', async () => {
    const owner = await startElsewhere();
    await write(owner.stores);
    const { servers } = lock();
    for (const { pid } of servers) process.kill(pid, 'SIGKILL');
    await owner.kill();
    expect(await read(await startHere())).toEqual([42, '42']);
  });

  it('of the first start leaves nothing half made', async () => {
    const embedded = join(dataDir, 'embedded');
    const first = fork(script, [dataDir]);
    await until(() => existsSync(embedded) && readdirSync(embedded).some((name) => name.startsWith('postgres.new')));
    first.kill('SIGKILL');
    await write(await startHere());
  });

  it('servers that outlived their owner are ended first', async () => {
    await (await startHere()).stop();
    const left = spawn('sleep', ['1000']);
    const server = { pid: left.pid ?? 0, identity: processIdentity(left.pid ?? 0) ?? '' };
    const dead: OwnerState = { owner: { pid: process.pid, identity: 'gone' }, phase: 'ready', servers: [server] };
    writeFileSync(lockFile(9), JSON.stringify(dead));
    expect((await startHere()).owner).toBe(true);
    expect(isAlive(server)).toBe(false);
    expect(lockNumber()).toBe(10);
  });

  it('lock files of PostgreSQL that name another program or a zombie are not believed', async () => {
    await (await startHere()).stop();
    // As the servers' user: PostgreSQL does not believe pids of others anyway. The shell's background child ends and
    // is never collected: `sleep`, which the shell becomes, does not wait for it.
    const other = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 1000'], asRoot ? NOBODY : {});
    cleanups.push(() => Promise.resolve(other.kill('SIGKILL')));
    const zombie = Number(await new Promise((resolve) => other.stdout.once('data', resolve)));
    await until(() => readFileSync(`/proc/${zombie}/stat`, 'utf8').includes(') Z '));

    for (const pid of [other.pid, zombie]) {
      writeFileSync(join(dataDir, 'embedded', 'postgres', 'postmaster.pid'), `${pid}\n`);
      const stores = await startHere();
      expect(stores.owner).toBe(true);
      await stores.stop();
    }
  });
});
