import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ProcessEntry {
  pid: number;
  groupId: number;
  /** Clock ticks since boot: with the pid it names a process for good, since pids are used again. */
  startTime: number;
}

/** A live process (a zombie is not one), read from /proc; undefined where there is none, or no /proc. */
export function processEntry(pid: number): ProcessEntry | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name, in parentheses, may itself hold spaces and parentheses: the fixed fields start after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, , groupId] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  return { pid, groupId: Number(groupId), startTime: Number(fields[19]) };
}

export function groupMembers(groupId: number): ProcessEntry[] {
  return pids()
    .map(processEntry)
    .filter((entry): entry is ProcessEntry => entry?.groupId === groupId);
}

export function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
  } catch {
    return undefined;
  }
}

/** Signals every member of a process group; a group that is already gone is fine. */
export function signalGroup(groupId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-groupId, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function pids(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
