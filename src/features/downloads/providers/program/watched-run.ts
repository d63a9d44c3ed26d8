import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProviderError } from '../../errors/provider-error.js';
import { type ProgramRequest, type ProgramResult, ProgramStartError } from '../../../../platform/programs/program.js';
import type { Programs } from './programs.js';
import type { StallClock } from '../stall-clock.js';

/**
 * Runs a program until it ends, or ends it when it hangs.
 * @throws ProviderError STALL or CONFIG, what `onLine` throws, or the signal's reason
 */
export async function runWatched(
  programs: Programs,
  request: ProgramRequest,
  stallClock: StallClock,
  signal: AbortSignal,
): Promise<ProgramResult> {
  try {
    return await stallClock.guard(signal, (ending) => programs.run({ ...request, signal: ending }));
  } catch (error) {
    if (error instanceof ProgramStartError) throw new ProviderError('CONFIG', error.message, { cause: error });
    throw error;
  }
}

/** Sizes and times of all files of the folders: it changes whenever something is written. */
export async function measure(folders: string[]): Promise<string> {
  const states = await Promise.all(folders.map(statesIn));
  return states.flat().sort().join(' ');
}

async function statesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names.map(async (name) => {
      const state = await stat(join(folder, name)).catch(() => null);
      return state ? `${name}:${state.size}:${state.mtimeMs}` : name;
    }),
  );
}
