import { fork, type ChildProcess } from 'node:child_process';
import type { EmbeddedStores } from '../embedded-stores.js';

type Answer = { stores: Omit<EmbeddedStores, 'stop'> } | { error: string };

/** Runs in a folder of `compileInto`. */
export const STORES_SCRIPT = `
const { startEmbeddedStores } = require('./index.js');
const [dataDir] = process.argv.slice(2);
startEmbeddedStores({ dataDir, postgres: true, redis: true, log: () => undefined }).then(
  (stores) => {
    process.send({ stores });
    process.once('message', () => stores.stop().then(() => process.exit(0)));
  },
  (error) => process.send({ error: String(error) }),
);
`;

/** A process that starts the stores of a folder, or attaches to them, and waits. */
export class StoresProcess {
  private constructor(
    readonly child: ChildProcess,
    readonly stores: Omit<EmbeddedStores, 'stop'>,
  ) {}

  static async start(
    script: string,
    dataDir: string,
    user: { uid?: number; gid?: number } = {},
  ): Promise<StoresProcess> {
    const child = fork(script, [dataDir], user);
    const answer = await new Promise<Answer>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => {
        reject(new Error(`The process ended with ${String(code)}`));
      });
    });
    if ('error' in answer) throw new Error(answer.error);
    return new StoresProcess(child, answer.stores);
  }

  async stop(): Promise<void> {
    const exit = this.exited();
    this.child.send('stop');
    await exit;
  }

  async kill(): Promise<void> {
    const exit = this.exited();
    this.child.kill('SIGKILL');
    await exit;
  }

  private async exited(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await new Promise((resolve) => this.child.once('exit', resolve));
  }
}
