import { randomUUID } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, processIdentity, type ProcessRef } from './process-identity.js';

export interface OwnerState {
  owner: ProcessRef;
  phase: 'starting' | 'ready' | 'stopping' | 'released';
  databaseUrl?: string;
  redisUrl?: string;
  /** Servers that run or may run: whoever takes over after a killed owner ends these first. */
  servers: ProcessRef[];
}

export type Claim = { lock: OwnerLock } | { holder: OwnerState };

const NAME = /^owner\.(\d+)\.json$/;

/**
 * Which process runs the stores of a folder.
 *
 * The lock is a numbered file, and the highest number is the truth: it is never deleted, only followed by the
 * next number, and a number can be linked once. So of several processes that find a dead owner at the same moment
 * one gets the lock, without the gap between "remove the stale file" and "make my own".
 */
export class OwnerLock {
  private constructor(
    private readonly folder: string,
    private readonly number: number,
    private current: OwnerState,
  ) {}

  get state(): OwnerState {
    return this.current;
  }

  /** Takes the lock when it is free or its owner is dead, else tells who holds it. Never waits. */
  static claim(folder: string): Claim {
    for (;;) {
      const number = newest(folder);
      const holder = number === 0 ? undefined : read(folder, number);
      if (holder && holder.phase !== 'released' && isAlive(holder.owner)) return { holder };

      const state: OwnerState = { owner: thisProcess(), phase: 'starting', servers: holder?.servers ?? [] };
      if (!create(folder, number + 1, state)) continue;
      // Between the look and the link others may have come and gone, and our number may be an old one again.
      if (newest(folder) !== number + 1) {
        rmSync(file(folder, number + 1), { force: true });
        continue;
      }
      // The number before ours stays, for whoever is listing the folder right now and does not see ours yet.
      for (const older of numbers(folder)) if (older < number) rmSync(file(folder, older), { force: true });
      return { lock: new OwnerLock(folder, number + 1, state) };
    }
  }

  update(change: Partial<Omit<OwnerState, 'owner'>>): void {
    this.current = { ...this.current, ...change };
    renameSync(writeTemporary(this.folder, this.current), file(this.folder, this.number));
  }
}

function thisProcess(): ProcessRef {
  return { pid: process.pid, identity: processIdentity(process.pid) ?? '' };
}

function create(folder: string, number: number, state: OwnerState): boolean {
  const temporary = writeTemporary(folder, state);
  try {
    // A link, because it fails when the name is taken and never shows a half-written file.
    linkSync(temporary, file(folder, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary);
  }
}

function writeTemporary(folder: string, state: OwnerState): string {
  const path = join(folder, `owner.${randomUUID()}.tmp`);
  writeFileSync(path, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  return path;
}

/** Undefined when a newer number has replaced it, or when a power cut left it empty. */
function read(folder: string, number: number): OwnerState | undefined {
  try {
    return JSON.parse(readFileSync(file(folder, number), 'utf8')) as OwnerState;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function file(folder: string, number: number): string {
  return join(folder, `owner.${number}.json`);
}

function numbers(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const number = NAME.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

function newest(folder: string): number {
  return Math.max(0, ...numbers(folder));
}
