import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
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
