import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Command lines of the programs that work in a data folder: not its stores, which work elsewhere. */
export function programsOf(dataDir: string): string[] {
  return programPids(dataDir).map(commandOf);
}

/** Kills one of those programs, without a word of warning. @returns whether there was one */
export function killOneOf(dataDir: string): boolean {
  const [pid] = programPids(dataDir);
  if (pid === undefined) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

function programPids(dataDir: string): number[] {
  const workFolder = join(dataDir, 'work');
  return pids().filter((pid) => commandOf(pid).includes(workFolder) || workingFolder(pid).startsWith(workFolder));
}

/** Names of the folders in which downloads are worked on. */
export function workFoldersOf(dataDir: string): string[] {
  return readdirSync(join(dataDir, 'work', 'downloads'));
}

/** Bytes that lie in the folders of a request; 0 when there is none. */
export function workBytesOf(dataDir: string, requestId: string): number {
  const root = join(dataDir, 'work', 'downloads');
  const own = workFoldersOf(dataDir).filter((name) => name.startsWith(requestId));
  const files = own.flatMap((name) => filesBelow(join(root, name)));
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

function filesBelow(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    // Gone meanwhile.
    return [];
  }
}

/** Bytes of memory that a process holds. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1_024;
}

function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Empty for a process that has ended meanwhile, and for a zombie. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
