import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox, SandboxOptions } from '../sandbox-options.js';
import { startSandbox } from '../start-sandbox.js';
import { ControlClient } from './control-client.js';

export interface TestSandbox {
  sandbox: Sandbox;
  control: ControlClient;
  dataDir: string;
  stop(): Promise<void>;
}

export const FIRST_BOT = { token: '100001:first', username: 'first_bot', name: 'First' };
export const SECOND_BOT = { token: '100002:second', username: 'second_bot', name: 'Second' };
export const FIRST_ID = 100001;
export const SECOND_ID = 100002;

/** The people that every sandbox begins with. */
export const ANNA_ID = 1001;
export const JOHN_ID = 1002;

/** A sandbox on free ports with two bots, in a folder of its own. */
export async function startTestSandbox(change: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const dataDir = change.dataDir ?? (await mkdtemp(join(tmpdir(), '.nexus-sandbox-test-')));
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    mediaPort: 0,
    bots: [FIRST_BOT, SECOND_BOT],
    log: () => undefined,
    ...change,
    dataDir,
  });
  const stop = async (): Promise<void> => {
    await sandbox.close();
    if (change.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  return { sandbox, control: new ControlClient(sandbox.apiRoot), dataDir, stop };
}
