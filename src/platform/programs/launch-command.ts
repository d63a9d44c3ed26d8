import { join } from 'node:path';
import { findProgram } from './find-program.js';
import { type ProgramRequest, ProgramStartError } from './program.js';

export interface LaunchCommand {
  file: string;
  args: string[];
  env: Record<string, string>;
}

/**
 * The program behind the small system programs that set its limits and then become it (no process more):
 * it dies with us, writes no file that is too long, and leaves the processor to others first.
 * A system without one of them (macOS has no setpriv and no prlimit) runs it without that limit.
 */
export function launchCommand(request: ProgramRequest, searchPath: string): LaunchCommand {
  const program = findProgram(request.file, searchPath);
  if (program === undefined) throw new ProgramStartError(request.file, 'not_found');
  const [file, ...args] = [
    ...limiter('setpriv', ['--pdeathsig', 'KILL', '--'], searchPath),
    ...(request.maxFileBytes === undefined
      ? []
      : limiter('prlimit', [`--fsize=${request.maxFileBytes}`, '--'], searchPath)),
    ...(request.niceness === undefined ? [] : limiter('nice', ['-n', String(request.niceness), '--'], searchPath)),
    program,
    ...request.args,
  ] as [string, ...string[]];
  return { file, args, env: environmentIn(request, searchPath) };
}

function limiter(name: string, args: string[], searchPath: string): string[] {
  const file = findProgram(name, searchPath);
  return file === undefined ? [] : [file, ...args];
}

function environmentIn({ cwd, env }: ProgramRequest, searchPath: string): Record<string, string> {
  return {
    PATH: searchPath,
    LANG: 'C.UTF-8',
    HOME: cwd,
    TMPDIR: cwd,
    XDG_CACHE_HOME: join(cwd, '.cache'),
    XDG_CONFIG_HOME: join(cwd, '.config'),
    XDG_DATA_HOME: join(cwd, '.local/share'),
    ...env,
  };
}
