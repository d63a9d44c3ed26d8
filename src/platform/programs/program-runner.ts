import { spawn } from 'node:child_process';
import { once, setMaxListeners } from 'node:events';
import { launchCommand } from './launch-command.js';
import { ProgramOutput } from './program-output.js';
import { type ProgramRequest, type ProgramResult, ProgramStartError } from './program.js';
import { signalGroup } from './process-table.js';
import type { ProgramRegistry } from './program-registry.js';
import { type Child, RunningProgram } from './running-program.js';

export interface ProgramRunnerOptions {
  /** Folders where programs are looked for, as in PATH; also the PATH of the programs themselves. */
  searchPath: string;
  /** Without it a killed process may leave grandchildren. */
  registry?: ProgramRegistry;
}

/**
 * Runs outside programs: an argument list instead of a shell, a process group of its own, nothing inherited but the
 * search path. Whatever ends a run — the program itself, a timeout, an abort, the end of this process — ends the group.
 */
export class ProgramRunner {
  private readonly running = new Set<Promise<ProgramResult>>();
  private readonly shutdown = new AbortController();

  constructor(private readonly options: ProgramRunnerOptions) {
    // Every program that runs listens; the usual limit is a guess at leaks.
    setMaxListeners(0, this.shutdown.signal);
  }

  /**
   * Any end of a started program is a result, also a timeout or an abort.
   * @throws ProgramStartError when it could not be started
   */
  async run(request: ProgramRequest): Promise<ProgramResult> {
    const result = this.startAndSupervise(request);
    this.running.add(result);
    try {
      return await result;
    } finally {
      this.running.delete(result);
    }
  }

  /** Aborts everything that runs, and waits for it; nothing can be started after that. */
  async stopAll(): Promise<void> {
    this.shutdown.abort();
    await Promise.allSettled(this.running);
  }

  private async startAndSupervise(request: ProgramRequest): Promise<ProgramResult> {
    const output = new ProgramOutput(request);
    if (request.signal?.aborted || this.shutdown.signal.aborted) {
      return { code: null, signal: null, ...output.collected(), timedOut: false, aborted: true };
    }
    const child = await this.start(request);
    return this.supervise(new RunningProgram(child, request.killGraceMs), child, output, request);
  }

  private async start(request: ProgramRequest): Promise<Child & { pid: number }> {
    const { file, args, env } = launchCommand(request, this.options.searchPath);
    const child = spawn(file, args, { cwd: request.cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    if (!hasStarted(child)) {
      const [cause] = (await once(child, 'error')) as [Error];
      throw new ProgramStartError(request.file, 'not_started', { cause });
    }
    try {
      this.options.registry?.add(child.pid, request.cwd);
    } catch (error) {
      signalGroup(child.pid, 'SIGKILL');
      throw error;
    }
    return child;
  }

  private async supervise(
    program: RunningProgram,
    child: Child,
    output: ProgramOutput,
    request: ProgramRequest,
  ): Promise<ProgramResult> {
    let timedOut = false;
    let aborted = false;
    let lineError: { error: unknown } | undefined;

    output.listen(child, (error) => {
      lineError ??= { error };
      program.stop();
    });
    const abort = (): void => {
      aborted = !timedOut;
      program.stop();
    };
    const expire = (): void => {
      timedOut = !aborted;
      program.stop();
    };
    const timer = request.timeoutMs === undefined ? undefined : setTimeout(expire, request.timeoutMs);
    const signals = [request.signal, this.shutdown.signal];
    for (const signal of signals) {
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort, { once: true });
    }
    try {
      const ended = await program.ended();
      if (lineError) throw lineError.error;
      return { ...ended, ...output.collected(), timedOut, aborted };
    } finally {
      clearTimeout(timer);
      for (const signal of signals) signal?.removeEventListener('abort', abort);
      this.options.registry?.remove(program.groupId);
    }
  }
}

function hasStarted(child: Child): child is Child & { pid: number } {
  return child.pid !== undefined;
}
