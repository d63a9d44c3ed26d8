import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HttpClient } from '../platform/http/index.js';
import { isRecord } from './bot-api/params.js';
import type { SandboxBot } from './sandbox-options.js';

const ANSWER_WITHIN_MS = 5000;

/** Where the sandbox of a data folder is, or was: what `address.json` says. */
export interface Address {
  /** Made once for a data folder; tells its sandbox from a stranger on the same port. */
  instance: string;
  apiRoot: string;
  mediaUrl: string;
}

export async function readAddress(folder: string): Promise<Address | null> {
  const text = await readFile(file(folder), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as Address);
}

/** Readers see the old address or the new one, never half of one. */
export async function writeAddress(folder: string, address: Address): Promise<void> {
  const fresh = `${file(folder)}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(address, null, 2)}\n`);
  await rename(fresh, file(folder));
}

/** True when the sandbox of this very data folder answers there. */
export async function answers(http: HttpClient, { apiRoot, instance }: Address): Promise<boolean> {
  try {
    const hello = await http.requestJson({ url: `${apiRoot}/control/hello`, timeoutMs: ANSWER_WITHIN_MS });
    return isRecord(hello) && hello.app === 'nexus-sandbox' && hello.instance === instance;
  } catch {
    return false;
  }
}

export async function introduceBot(http: HttpClient, { apiRoot }: Address, bot: SandboxBot): Promise<void> {
  await http.requestJson({ method: 'POST', url: `${apiRoot}/control/bots`, body: { json: bot } });
}

const file = (folder: string): string => join(folder, 'address.json');
