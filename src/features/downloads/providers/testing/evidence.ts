import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { OpenCall } from './provider-world.js';

export async function sha256(chunks: AsyncIterable<Uint8Array> | null): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks ?? []) hash.update(chunk);
  return hash.digest('hex');
}

/** On disk: a file that is laid out but not yet written takes none. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true });
  const states = await Promise.all(entries.map((entry) => stat(join(folder, entry))));
  return states.reduce((sum, state) => sum + (state.isFile() ? Math.min(state.size, state.blocks * 512) : 0), 0);
}

/** Command lines of processes that were told the call's folder. */
export async function processesOf({ workDir }: OpenCall): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(workDir));
}

/** A server on a private address, which nobody must reach. */
export async function openTrap(): Promise<{ url: string; visits: () => number; close: () => Promise<void> }> {
  let visits = 0;
  const server = createServer((_, response) => response.end('caught'));
  server.on('connection', () => visits++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ok.mp4`, visits: () => visits, close };
}
