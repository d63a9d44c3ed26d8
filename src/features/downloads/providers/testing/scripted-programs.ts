import type { ProgramRequest, ProgramResult } from '../../../../platform/programs/program.js';

/** What a run of a scripted program says and how it ends; `hang` makes it wait for its end from outside. */
export interface Script {
  lines?: string[];
  /** Done before it ends, with its arguments: writes files where the arguments say. */
  act?: (request: ProgramRequest) => Promise<void>;
  stdout?: string;
  stderr?: string;
  code?: number;
  hang?: boolean;
}

/** Plays scripts instead of running programs, one for each run, and keeps what was asked. */
export class ScriptedPrograms {
  readonly requests: ProgramRequest[] = [];
  hanging = false;

  constructor(private readonly scripts: Script[]) {}

  async run(request: ProgramRequest): Promise<ProgramResult> {
    this.requests.push(request);
    const script = this.scripts[this.requests.length - 1];
    if (!script) throw new Error(`nothing is scripted for run ${this.requests.length}`);
    for (const line of script.lines ?? []) request.onLine?.('stdout', line);
    await script.act?.(request);
    this.hanging = script.hang ?? false;
    if (script.hang) await aborted(request.signal);
    this.hanging = false;
    const { stdout = '', stderr = '', code = 0, hang = false } = script;
    return {
      code: hang ? null : code,
      signal: hang ? 'SIGTERM' : null,
      stdout,
      stdoutTruncated: false,
      stderrTail: stderr,
      timedOut: false,
      aborted: hang,
    };
  }
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => {
      resolve();
    });
  });
}
