export type OutputStream = 'stdout' | 'stderr';

export interface ProgramRequest {
  /** A name looked for on the search path, or a path. */
  file: string;
  args: string[];
  /** An existing folder. HOME, XDG_* and TMPDIR point into it, so what the program leaves behind is removed with it. */
  cwd: string;
  /** On top of the minimal environment; nothing else of this process' environment is passed on. */
  env?: Record<string, string>;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Called for every line that is not empty, without its separator (`\n` or `\r`). A throw ends the program and `run`. */
  onLine?: (stream: OutputStream, line: string) => void;
  /** 0–19, higher is more polite. */
  niceness?: number;
  /** How much of stdout is returned; without it stdout only goes to `onLine`. */
  maxStdoutBytes?: number;
  /** How much of the end of stderr is returned, 64 KiB unless told. */
  maxStderrBytes?: number;
  /** No file that the program writes gets longer: the write fails, or SIGXFSZ ends the program. */
  maxFileBytes?: number;
  /** Between SIGTERM and SIGKILL, 5000 unless told. */
  killGraceMs?: number;
}

export interface ProgramResult {
  /** Exit code; null when a signal ended it or it was not started. */
  code: number | null;
  signal: string | null;
  /** Only when `maxStdoutBytes` was given. */
  stdout?: string;
  /** There was more than `maxStdoutBytes`; the rest is lost. */
  stdoutTruncated: boolean;
  stderrTail: string;
  timedOut: boolean;
  aborted: boolean;
}

/** The program could not be started: it is not there, may not be run, or its working folder does not exist. */
export class ProgramStartError extends Error {
  constructor(
    readonly file: string,
    readonly reason: 'not_found' | 'not_started',
    options?: ErrorOptions,
  ) {
    super(reason === 'not_found' ? `program ${file} is not there` : `program ${file} did not start`, options);
    this.name = 'ProgramStartError';
  }
}
