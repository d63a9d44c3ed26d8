import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { groupMembers, processEntry, signalGroup, workingFolder } from './process-table.js';

interface GroupRecord {
  pgid: number;
  /** Of the group's leader; null when it was gone before it could be read, or there is no /proc. */
  startTime: number | null;
  cwd: string;
  owner: { pid: number; startTime: number | null };
}

/**
 * Remembers on disk which process groups run, one file each, so that the next start can end what a killed process left:
 * the kernel ends the leader with its parent, but not what the leader has started.
 */
export class ProgramRegistry {
  constructor(private readonly folder: string) {}

  add(pgid: number, cwd: string): void {
    const record: GroupRecord = {
      pgid,
      startTime: startTimeOf(pgid),
      cwd: realpathSync(cwd),
      owner: { pid: process.pid, startTime: startTimeOf(process.pid) },
    };
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileSync(this.fileOf(pgid), JSON.stringify(record), { mode: 0o600 });
  }

  remove(pgid: number): void {
    rmSync(this.fileOf(pgid), { force: true });
  }

  /**
   * Kills the groups whose owner is dead, and forgets them. A group is touched only when it is surely the recorded one:
   * the same leader, or, when the leader is gone, a member that works in the recorded folder.
   * @returns the ids of the killed groups
   */
  sweepOrphans(): number[] {
    const orphans = this.records().filter((record) => !isOwned(record));
    const alive = orphans.filter(isStillThatGroup);
    for (const { pgid } of alive) signalGroup(pgid, 'SIGKILL');
    for (const { pgid } of orphans) this.remove(pgid);
    return alive.map(({ pgid }) => pgid);
  }

  private records(): GroupRecord[] {
    let names: string[];
    try {
      names = readdirSync(this.folder).filter((name) => name.endsWith('.json'));
    } catch {
      return [];
    }
    return names.flatMap((name) => readRecord(join(this.folder, name)) ?? []);
  }

  private fileOf(pgid: number): string {
    return join(this.folder, `${pgid}.json`);
  }
}

function startTimeOf(pid: number): number | null {
  return processEntry(pid)?.startTime ?? null;
}

function isOwned({ owner }: GroupRecord): boolean {
  return owner.startTime !== null && startTimeOf(owner.pid) === owner.startTime;
}

function isStillThatGroup({ pgid, startTime, cwd }: GroupRecord): boolean {
  const members = groupMembers(pgid);
  const leader = members.find(({ pid }) => pid === pgid);
  if (leader) return leader.startTime === startTime;
  return members.some(({ pid }) => `${workingFolder(pid) ?? ''}${sep}`.startsWith(cwd + sep));
}

/** A file cut off by a crash names no group: it is dropped. */
function readRecord(file: string): GroupRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as GroupRecord;
  } catch {
    rmSync(file, { force: true });
    return undefined;
  }
}
