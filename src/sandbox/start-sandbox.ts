import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Clock, SystemClock } from '../platform/clock/clock.js';
import { OwnerLock } from '../platform/embedded/owner-lock.js';
import { type HttpClient, UndiciHttpClient } from '../platform/http/index.js';
import { apiUrls } from './apis/api-names.js';
import { type Address, answers, introduceBot, readAddress } from './running-sandbox.js';
import { runSandbox } from './run-sandbox.js';
import type { Sandbox, SandboxOptions } from './sandbox-options.js';

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

const ANSWER_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** Starts the stand-ins, or joins those that another process runs on this data folder. Throws when a port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  if (!LOOPBACK.test(options.host)) throw new Error(`The sandbox listens on loopback only, not on ${options.host}`);
  const clock = options.clock ?? new SystemClock();
  const http = new UndiciHttpClient(clock);
  try {
    const folder = join(resolve(options.dataDir), 'sandbox');
    await mkdir(folder, { recursive: true });
    const found = await claimOrFind(folder, http, clock);
    if (found instanceof OwnerLock) return await own(found, folder, options, http, clock);
    for (const bot of options.bots) await introduceBot(http, found, bot);
    return { ...sandboxAt(found), owner: false, close: () => http.close() };
  } catch (error) {
    await http.close();
    throw error;
  }
}

/** The lock of the folder, or where the sandbox of the process that holds it answers. */
async function claimOrFind(folder: string, http: HttpClient, clock: Clock): Promise<OwnerLock | Address> {
  const deadline = clock.now().getTime() + ANSWER_WITHIN_MS;
  for (;;) {
    const claim = OwnerLock.claim(folder);
    if ('lock' in claim) return claim.lock;
    const { phase, owner } = claim.holder;
    const address = phase === 'ready' ? await readAddress(folder) : null;
    if (address && (await answers(http, address))) return address;
    if (clock.now().getTime() > deadline) {
      throw new Error(`Process ${owner.pid} runs the sandbox of ${folder}, but it does not answer`);
    }
    await clock.delay(LOOK_EVERY_MS);
  }
}

async function own(
  lock: OwnerLock,
  folder: string,
  options: SandboxOptions,
  http: UndiciHttpClient,
  clock: Clock,
): Promise<Sandbox> {
  try {
    const running = await runSandbox(folder, options, http, clock);
    lock.update({ phase: 'ready' });
    const close = async (): Promise<void> => {
      lock.update({ phase: 'stopping' });
      await running.close();
      await http.close();
      lock.update({ phase: 'released' });
    };
    return { ...sandboxAt(running.address), owner: true, close };
  } catch (error) {
    lock.update({ phase: 'released' });
    throw error;
  }
}

const sandboxAt = ({ apiRoot, mediaUrl }: Address): Omit<Sandbox, 'owner' | 'close'> => ({
  apiRoot,
  mediaUrl,
  mediaHost: new URL(mediaUrl).host,
  apis: apiUrls(apiRoot),
});
