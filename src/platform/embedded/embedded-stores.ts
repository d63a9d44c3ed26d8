import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureSocketFolder, socketFolderOf } from './folders.js';
import { OwnerLock, type OwnerState } from './owner-lock.js';
import { PostgresStore } from './postgres.js';
import { RedisStore } from './redis.js';
import { canFollowParent, chooseRunAs } from './run-as.js';
import { endProcess, type ServerProcess } from './server-process.js';
import type { Store } from './store.js';

const WAIT_FOR_OWNER_MS = 50;

export interface EmbeddedOptions {
  dataDir: string;
  postgres: boolean;
  redis: boolean;
  log: (line: string) => void;
}

export interface EmbeddedStores {
  /** `postgresql://nexus@localhost/nexus?host=<folder of the socket>`; absent when PostgreSQL was not asked for. */
  databaseUrl?: string;
  /** `unix:///….sock`; absent when Redis was not asked for. */
  redisUrl?: string;
  /** Whether this process runs the stores. When it does not, they end with the process that does. */
  owner: boolean;
  /** Ends the stores and resolves when they are gone; does nothing in a process that does not own them. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL and a real Redis with their data under `dataDir/embedded`, reached through unix sockets only.
 *
 * The first process on a folder starts them, later ones attach. They end with their owner, also when it is killed
 * (where the system can do that: Linux with util-linux); the next start goes on with the same data. Rejects with the
 * way out when a program is missing, and when the owner of the folder does not run what is asked for.
 */
export async function startEmbeddedStores(options: EmbeddedOptions): Promise<EmbeddedStores> {
  if (!options.postgres && !options.redis) return { owner: false, stop: () => Promise.resolve() };
  mkdirSync(join(options.dataDir, 'embedded'), { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  for (;;) {
    const claim = OwnerLock.claim(join(dataDir, 'embedded'));
    if ('lock' in claim) return own(claim.lock, { ...options, dataDir });
    if (claim.holder.phase === 'ready') return attach(claim.holder, options);
    await sleep(WAIT_FOR_OWNER_MS);
  }
}

function attach(holder: OwnerState, { postgres, redis, log }: EmbeddedOptions): EmbeddedStores {
  const databaseUrl = postgres ? holder.databaseUrl : undefined;
  const redisUrl = redis ? holder.redisUrl : undefined;
  const missing = [...(postgres && !databaseUrl ? ['PostgreSQL'] : []), ...(redis && !redisUrl ? ['Redis'] : [])];
  if (missing.length > 0) {
    throw new Error(
      `Process ${holder.owner.pid} runs the embedded stores of this folder without ${missing.join(', ')}`,
    );
  }
  log(`Using the embedded stores of process ${holder.owner.pid}`);
  return { databaseUrl, redisUrl, owner: false, stop: () => Promise.resolve() };
}

async function own(lock: OwnerLock, options: EmbeddedOptions): Promise<EmbeddedStores> {
  const socketFolder = socketFolderOf(options.dataDir);
  const servers: ServerProcess[] = [];
  const stopAll = async (): Promise<void> => {
    lock.update({ phase: 'stopping' });
    for (const server of servers.toReversed()) await server.stop();
    // Before the first server the folder has not been found to be ours.
    if (servers.length > 0) rmSync(socketFolder, { recursive: true, force: true });
    lock.update({ phase: 'released', servers: [] });
  };
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= stopAll());

  try {
    for (const left of lock.state.servers) await endProcess(left);
    lock.update({ servers: [] });
    // Redis comes last, so that it is stopped first.
    const postgres = options.postgres ? new PostgresStore(options.dataDir, socketFolder) : undefined;
    const redis = options.redis ? await RedisStore.find(options.dataDir, socketFolder) : undefined;
    await launch(
      [postgres, redis].filter((store) => store !== undefined),
      socketFolder,
      options,
      (server) => {
        servers.push(server);
        lock.update({ servers: servers.map(({ ref }) => ref) });
      },
    );
    lock.update({ phase: 'ready', databaseUrl: postgres?.url, redisUrl: redis?.url });
    return { databaseUrl: postgres?.url, redisUrl: redis?.url, owner: true, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function launch(
  stores: Store[],
  socketFolder: string,
  { dataDir, log }: EmbeddedOptions,
  started: (server: ServerProcess) => void,
): Promise<void> {
  const folders = [join(dataDir, 'embedded'), dirname(socketFolder)];
  const runAs = await chooseRunAs(dataDir, { programs: stores.flatMap(({ programs }) => programs), folders });
  const how = { runAs, followParent: await canFollowParent(), log };
  ensureSocketFolder(socketFolder, runAs);
  for (const store of stores) await store.prepare(runAs);

  const running: [Store, ServerProcess][] = [];
  for (const store of stores) {
    const server = await store.launch(how);
    started(server);
    running.push([store, server]);
  }
  await Promise.all(running.map(([store, server]) => store.untilReady(server)));
}
