import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import { ensurePrivateFolder } from './folders.js';
import { findPostgres, type PostgresBinaries } from './postgres-binaries.js';
import { commandLine, processIdentity } from './process-identity.js';
import { runToEnd, type RunAs } from './run-as.js';
import { endProcess, ServerProcess, type HowToRun } from './server-process.js';
import type { Store } from './store.js';

const NAME = 'nexus';
const PORT = 5432;
/** Replaying the log after a crash may take its time. */
const READY_MS = 300_000;

export class PostgresStore implements Store {
  readonly url: string;
  readonly programs: string[];
  private readonly binaries: PostgresBinaries;
  private readonly dataFolder: string;

  /** Throws with the way out when this platform has no embedded PostgreSQL. */
  constructor(
    dataDir: string,
    private readonly socketFolder: string,
  ) {
    this.binaries = findPostgres();
    this.programs = [this.binaries.postgres, this.binaries.initdb];
    this.dataFolder = join(dataDir, 'embedded', 'postgres');
    this.url = `postgresql://${NAME}@localhost/${NAME}?host=${encodeURI(socketFolder)}`;
  }

  async prepare(runAs: RunAs): Promise<void> {
    this.removeUnfinished();
    if (!existsSync(this.dataFolder)) await this.initialise(runAs);
    ensurePrivateFolder(this.dataFolder, runAs);
    await this.checkVersion(runAs);
    await this.removeStaleLocks();
  }

  launch(how: HowToRun): Promise<ServerProcess> {
    // Trusting every connection is right only because the one way in is a socket in a folder closed to others.
    const settings = {
      listen_addresses: '',
      unix_socket_directories: this.socketFolder,
      unix_socket_permissions: '0700',
      port: PORT,
      max_connections: 200,
      shared_buffers: '128MB',
      // Keeps the server's own events; failed statements, with their data, are the clients' to report.
      log_min_messages: 'log',
      log_checkpoints: 'off',
      log_line_prefix: '',
    };
    const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const args = ['-D', this.dataFolder, ...options];
    return ServerProcess.start({ name: 'PostgreSQL', program: this.binaries.postgres, args, how });
  }

  /** Recovery after a crash is waited for, and the database is made. */
  untilReady(server: ServerProcess): Promise<void> {
    return server.untilReady(() => ensureDatabase(this.socketFolder), READY_MS);
  }

  /**
   * Into a folder of another name first, so that one that is half made because of a kill is never taken for a whole
   * one. The name is new every time: the killed one's initdb may still be at work.
   */
  private async initialise(runAs: RunAs): Promise<void> {
    const unfinished = `${this.dataFolder}.new-${randomUUID()}`;
    ensurePrivateFolder(unfinished, runAs);
    const options = ['-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'];
    await runToEnd(runAs, this.binaries.initdb, ['-D', unfinished, '-U', NAME, ...options]);
    renameSync(unfinished, this.dataFolder);
  }

  private removeUnfinished(): void {
    const parent = dirname(this.dataFolder);
    const prefix = `${basename(this.dataFolder)}.new-`;
    for (const name of readdirSync(parent).filter((found) => found.startsWith(prefix))) {
      try {
        rmSync(join(parent, name), { recursive: true, force: true });
      } catch (error) {
        // Something is still being written there: the next start removes it.
        if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
      }
    }
  }

  private async checkVersion(runAs: RunAs): Promise<void> {
    const data = readFileSync(join(this.dataFolder, 'PG_VERSION'), 'utf8').trim();
    const program = /\d+/.exec(await runToEnd(runAs, this.binaries.postgres, ['--version']))?.[0];
    if (data !== program) {
      throw new Error(`${this.dataFolder} is of PostgreSQL ${data}, the installed one is ${program}: dump and load it`);
    }
  }

  /**
   * PostgreSQL believes its lock files as long as a process has the pid in them, be it a zombie or some other program.
   * A server that does run on this folder, though no owner's lock tells of it, is ended as its owner would have done.
   */
  private async removeStaleLocks(): Promise<void> {
    const pidFile = join(this.dataFolder, 'postmaster.pid');
    const pid = existsSync(pidFile) ? Number.parseInt(readFileSync(pidFile, 'utf8'), 10) : 0;
    const identity = pid > 0 ? processIdentity(pid) : undefined;
    if (identity !== undefined && commandLine(pid)?.includes(`-D ${this.dataFolder} `)) {
      await endProcess({ pid, identity });
    }
    const socket = join(this.socketFolder, `.s.PGSQL.${PORT}`);
    for (const path of [pidFile, socket, `${socket}.lock`]) rmSync(path, { force: true });
  }
}

/** False while the server does not take connections yet. */
async function ensureDatabase(socketFolder: string): Promise<boolean> {
  const client = new Client({ host: socketFolder, port: PORT, user: NAME, database: 'postgres', ssl: false });
  // A connection that breaks is told as an event too; the query that fails with it is enough.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`);
    return true;
  } catch (error) {
    const startingUp = ['ENOENT', 'ECONNREFUSED', '57P03'];
    if (startingUp.includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  } finally {
    await client.end();
  }
}
