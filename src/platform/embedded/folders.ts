import { createHash } from 'node:crypto';
import { chmodSync, lchownSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunAs } from './run-as.js';

/** What fits into `sun_path` everywhere (104 bytes on macOS, 108 on Linux, with the closing zero). */
const MAX_SOCKET_PATH = 103;
const LONGEST_SOCKET_NAME = '.s.PGSQL.5432.lock';

/** Where the sockets of the stores of `dataDir` (its real path) live: short, and the same at every start. */
export function socketFolderOf(dataDir: string): string {
  const name = `nexus-${createHash('sha256').update(dataDir).digest('hex').slice(0, 10)}`;
  const path = [tmpdir(), '/tmp']
    .map((parent) => join(parent, name))
    .find((folder) => Buffer.byteLength(join(folder, LONGEST_SOCKET_NAME)) <= MAX_SOCKET_PATH);
  if (path === undefined) throw new Error(`No folder for sockets: ${tmpdir()} is too long`);
  return path;
}

/** Makes a folder that only the servers' user may enter; what earlier servers left in it becomes this user's. */
export function ensurePrivateFolder(path: string, runAs: RunAs): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  const me = process.getuid?.() ?? found.uid;
  if (!found.isDirectory()) throw new Error(`${path} is not a folder`);
  if (me === 0) {
    if (found.uid !== (runAs.uid ?? 0)) chownTree(path, runAs.uid ?? 0, runAs.gid ?? 0);
  } else if (found.uid !== me) {
    throw new Error(`${path} belongs to user ${found.uid}: run as that user, or remove it or give it to user ${me}`);
  }
  chmodSync(path, 0o700);
}

/** The temporary folder is everybody's, so a folder that somebody else has put there is refused, also by root. */
export function ensureSocketFolder(path: string, runAs: RunAs): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const { uid } = lstatSync(path);
    const ours = [process.getuid?.(), runAs.uid].includes(uid);
    if (!ours) throw new Error(`${path} belongs to user ${uid}: remove it`, { cause: error });
  }
  ensurePrivateFolder(path, runAs);
}

/** The folder itself comes last, so that an interrupted run is done again. */
function chownTree(path: string, uid: number, gid: number): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) chownTree(child, uid, gid);
    else lchownSync(child, uid, gid);
  }
  lchownSync(path, uid, gid);
}
