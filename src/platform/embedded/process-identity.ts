import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One run of one process: a pid alone names nobody, it is given again, and in containers at every start. */
export interface ProcessRef {
  pid: number;
  /** What `processIdentity` said of it. */
  identity: string;
}

/** Tells this run of `pid` from any other process that had or gets the number; undefined when it has ended. */
export function processIdentity(pid: number): string | undefined {
  return process.platform === 'linux' ? linuxIdentity(pid) : psField(pid, 'lstart');
}

export function isAlive({ pid, identity }: ProcessRef): boolean {
  return processIdentity(pid) === identity;
}

/** Program and arguments separated by spaces; undefined when it has ended or may not be looked at. */
export function commandLine(pid: number): string | undefined {
  if (process.platform !== 'linux') return psField(pid, 'command');
  return read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ');
}

function linuxIdentity(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // proc(5): the program's name may hold spaces and brackets, so the fields are counted from its last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields[0], fields[19]];
  // A zombie has ended, it only waits for a parent that may never collect it.
  if (state === 'Z' || state === 'X' || startTime === undefined) return undefined;
  // Start times count from boot and virtual machines boot alike, so the boot is named too.
  return `${read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}/${startTime}`;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function psField(pid: number, field: 'lstart' | 'command'): string | undefined {
  try {
    const output = execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
    return output.toString().trim() || undefined;
  } catch {
    return undefined;
  }
}
