import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { eventually } from '../../support/eventually.js';

const READY_MS = 60_000;
const STOP_MS = 40_000;
const REMEMBERED_CHARACTERS = 200_000;

const living = new Set<ServiceProcess>();
process.once('exit', () => {
  for (const child of living) child.signal('SIGKILL');
});

interface Start {
  name: string;
  file: string;
  args?: string[];
  cwd: string;
  env: Record<string, string>;
}

/** A Node process of its own, and all it has said. */
export class ServiceProcess {
  /** stdout and stderr, as they came. */
  output = '';
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly ended: Promise<unknown>;

  constructor(private readonly options: Start) {
    const { file, args = [], cwd, env } = options;
    this.child = spawn(process.execPath, ['--enable-source-maps', file, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = once(this.child, 'close');
    living.add(this);
    void this.ended.then(() => living.delete(this));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-REMEMBERED_CHARACTERS);
      });
    }
  }

  get name(): string {
    return this.options.name;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`${this.name} was not started`);
    return this.child.pid;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @throws with what it has said when it ends before, or never gets there */
  async untilReady(isReady: () => Promise<boolean>): Promise<void> {
    const look = async (): Promise<'ready' | 'ended' | false> => {
      if (!this.isRunning) return 'ended';
      return (await isReady().catch(() => false)) && 'ready';
    };
    const state = await eventually(look, READY_MS).catch(() => 'never ready');
    if (state !== 'ready') throw new Error(`${this.name}: ${state}\n${this.output}`);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Asks it to end. @returns its exit code, and after how many milliseconds it was gone */
  async stop(): Promise<{ code: number | null; ms: number }> {
    const started = performance.now();
    this.signal('SIGTERM');
    await eventually(() => !this.isRunning, STOP_MS).catch(() => {
      this.signal('SIGKILL');
    });
    await this.ended;
    return { code: this.child.exitCode, ms: performance.now() - started };
  }

  /** Resolves when it has ended by itself. @returns its exit code */
  async end(): Promise<number | null> {
    await this.ended;
    return this.child.exitCode;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }
}
