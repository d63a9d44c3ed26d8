import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, processIdentity, type ProcessRef } from './process-identity.js';
import { SERVER_ENV, type RunAs } from './run-as.js';

const POLL_MS = 20;
const REMEMBERED_LINES = 20;
const LAST_WORDS_MS = 1_000;

/**
 * How a server is ended, each signal with how long it may take. SIGINT loses nothing in PostgreSQL (the "fast" stop;
 * SIGTERM would wait until the last client leaves) and in Redis. SIGQUIT means recovery at the next start.
 */
const STOP_STEPS = [
  { signal: 'SIGINT', waitMs: 20_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
] as const;

export interface ServerLaunch {
  name: string;
  program: string;
  args: string[];
  how: HowToRun;
}

export interface HowToRun {
  runAs: RunAs;
  /** Ask the kernel to end the server when this process ends in whatever way. */
  followParent: boolean;
  log: (line: string) => void;
}

/** A server as a child of this process. Its output goes to the log, line by line. */
export class ServerProcess {
  readonly ref: ProcessRef;
  private readonly lastLines: string[] = [];
  /** Resolves when it has ended and all it said has been read. */
  private readonly closed: Promise<unknown>;
  private stopping = false;

  private constructor(
    child: ChildProcess,
    pid: number,
    private readonly launch: ServerLaunch,
  ) {
    this.ref = { pid, identity: processIdentity(pid) ?? '' };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        this.remember(line);
      });
    }
    this.closed = new Promise((resolve) => child.once('close', resolve));
    child.once('exit', (code, signal) => {
      if (!this.stopping) launch.how.log(`${launch.name} ended unexpectedly (${signal ?? `exit code ${code}`})`);
    });
  }

  /** Rejects when the program cannot be executed. */
  static async start(launch: ServerLaunch): Promise<ServerProcess> {
    const { program, args, how } = launch;
    // setpriv comes after the change of user, which would clear the signal again.
    const follow = how.followParent ? ['setpriv', '--pdeathsig', 'INT', '--'] : [];
    const [command = '', ...rest] = [...how.runAs.prefix, ...follow, program, ...args];
    const child = spawn(command, rest, {
      uid: how.runAs.uid,
      gid: how.runAs.gid,
      env: SERVER_ENV,
      // Not where this process is: the servers' user may not be able to look there.
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      // A Ctrl-C in the terminal is for this process: it stops the servers last.
      detached: true,
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    if (child.pid === undefined) throw new Error(`${launch.name} has no pid`);
    return new ServerProcess(child, child.pid, launch);
  }

  /** Polls until `probe` says true; rejects when the server ends first, when the time is over or when `probe` rejects. */
  async untilReady(probe: () => Promise<boolean>, timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!(await probe())) {
      if (!isAlive(this.ref)) {
        await Promise.race([this.closed, sleep(LAST_WORDS_MS)]);
        throw new Error(`${this.launch.name} did not start: ${this.lastLines.join('\n')}`);
      }
      if (performance.now() > deadline) throw new Error(`${this.launch.name} is not ready after ${timeoutMs} ms`);
      await sleep(POLL_MS);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await endProcess(this.ref);
  }

  private remember(line: string): void {
    this.lastLines.push(line);
    if (this.lastLines.length > REMEMBERED_LINES) this.lastLines.shift();
    this.launch.how.log(`${this.launch.name}: ${line}`);
  }
}

/** Ends a process of ours or of a killed predecessor and waits until it is gone. */
export async function endProcess(target: ProcessRef): Promise<void> {
  for (const { signal, waitMs } of STOP_STEPS) {
    if (!isAlive(target)) return;
    send(target.pid, signal);
    const deadline = performance.now() + waitMs;
    while (isAlive(target) && performance.now() < deadline) await sleep(POLL_MS);
  }
  if (isAlive(target)) throw new Error(`Process ${target.pid} does not end`);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has ended since it was looked at.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
