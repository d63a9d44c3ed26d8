import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensurePrivateFolder } from './folders.js';
import type { RunAs } from './run-as.js';
import { ServerProcess, type HowToRun } from './server-process.js';
import type { Store } from './store.js';

const execute = promisify(execFile);

/** Reading a long append-only file may take its time. */
const READY_MS = 300_000;
const PROBE_MS = 1_000;

export class RedisStore implements Store {
  readonly url: string;
  readonly programs: string[];
  private readonly socket: string;

  private constructor(
    private readonly program: string,
    private readonly dataFolder: string,
    socketFolder: string,
  ) {
    this.programs = [program];
    this.socket = join(socketFolder, 'redis.sock');
    this.url = `unix://${this.socket}`;
  }

  /** Rejects with the way out when the machine has no Redis. */
  static async find(dataDir: string, socketFolder: string): Promise<RedisStore> {
    return new RedisStore(await findProgram(dataDir), join(dataDir, 'embedded', 'redis'), socketFolder);
  }

  prepare(runAs: RunAs): Promise<void> {
    ensurePrivateFolder(this.dataFolder, runAs);
    rmSync(this.socket, { force: true });
    return Promise.resolve();
  }

  launch(how: HowToRun): Promise<ServerProcess> {
    const settings = {
      port: '0',
      unixsocket: this.socket,
      unixsocketperm: '700',
      dir: this.dataFolder,
      appendonly: 'yes',
      appendfsync: 'everysec',
      save: '',
      // Queues live here: an evicted key would be a lost job.
      'maxmemory-policy': 'noeviction',
      loglevel: 'warning',
    };
    const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]);
    return ServerProcess.start({ name: 'Redis', program: this.program, args, how });
  }

  untilReady(server: ServerProcess): Promise<void> {
    return server.untilReady(() => ping(this.socket), READY_MS);
  }
}

/** On PATH, else where the setup has unpacked one. */
async function findProgram(dataDir: string): Promise<string> {
  for (const name of ['redis-server', 'valkey-server']) {
    const found = await which(name);
    if (found !== undefined) return found;
  }
  const unpacked = join(dataDir, 'tools', 'redis', 'redis-server');
  if (existsSync(unpacked)) return unpacked;
  throw new Error('There is no redis-server or valkey-server on PATH: install one, or set REDIS_URL');
}

async function which(name: string): Promise<string | undefined> {
  try {
    const { stdout } = await execute('which', [name]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** False while there is no server, and while it reads its file (`-LOADING`). */
function ping(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const settle = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(PROBE_MS, () => {
      settle(false);
    });
    socket.once('error', () => {
      settle(false);
    });
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      settle(answer.toString().startsWith('+PONG'));
    });
  });
}
