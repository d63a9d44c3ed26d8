import { dirname, resolve } from 'node:path';
import { type ProgramResult, ProgramStartError } from '../programs/program.js';
import type { ProgramRunner } from '../programs/program-runner.js';
import type { FfprobeOutput } from './ffprobe-output.js';
import { MediaError } from './media-error.js';
import type { MediaPrograms } from './media-programs.js';

const NICENESS = 10;
const PROBE_TIMEOUT_MS = 30_000;
const MAX_PROBE_BYTES = 4 * 1024 * 1024;
const MAX_REASON_LENGTH = 500;

/**
 * Files come from strangers: nothing but files is opened, and no format that names other files to open (playlists,
 * concatenations), which would read what the stranger may not.
 */
const closedInput = (formats: string): string[] => [
  ...['-protocol_whitelist', 'file,pipe'],
  ...['-format_whitelist', formats],
];
const FILMS_AND_SOUNDS = 'mov,matroska,webm,mpegts,avi,flv,mpeg,mpegvideo,m4v,h264,hevc,asf,gif,mp3,aac,ogg,wav,flac';

export interface FfmpegRun {
  input: string;
  output: string;
  /** Arguments between input and output. */
  args: string[];
  /** Arguments before the input. */
  inputArgs?: string[];
  /** What the input may be, of ffmpeg's names; films and sounds unless told. */
  inputFormats?: string;
  onLine?: (line: string) => void;
  signal?: AbortSignal;
  timeoutMs: number;
  /** What it means when the program fails; `ffmpeg_failed` unless told. */
  failure?: 'unreadable' | 'ffmpeg_failed';
}

/** The two programs, run politely and closed to everything but the files they are given. */
export class Ffmpeg {
  constructor(
    private readonly runner: ProgramRunner,
    private readonly programs: MediaPrograms,
    private readonly threads: number,
  ) {}

  /** @throws MediaError `unreadable` when the file is not media */
  async inspect(file: string): Promise<FfprobeOutput> {
    const result = await this.runner.run({
      file: this.programs.ffprobe,
      args: [
        '-v',
        'error',
        ...closedInput(FILMS_AND_SOUNDS),
        '-print_format',
        'json',
        '-show_streams',
        '-show_format',
        resolve(file),
      ],
      cwd: dirname(resolve(file)),
      timeoutMs: PROBE_TIMEOUT_MS,
      maxStdoutBytes: MAX_PROBE_BYTES,
    });
    if (result.code !== 0 || result.stdoutTruncated) throw failure(result, 'unreadable');
    return JSON.parse(result.stdout ?? '') as FfprobeOutput;
  }

  /** @throws MediaError */
  async run(request: FfmpegRun): Promise<void> {
    const { input, output, args, inputArgs = [], inputFormats = FILMS_AND_SOUNDS, onLine, signal, timeoutMs } = request;
    const threads = ['-threads', String(this.threads)];
    const result = await this.runner.run({
      file: this.programs.ffmpeg,
      args: [
        ...['-nostdin', '-hide_banner', '-v', 'error', '-y', '-progress', 'pipe:1'],
        ...[...threads, ...closedInput(inputFormats), ...inputArgs, '-i', resolve(input)],
        ...[...args, ...threads, resolve(output)],
      ],
      cwd: dirname(resolve(output)),
      niceness: NICENESS,
      onLine: (stream, line) => {
        if (stream === 'stdout') onLine?.(line);
      },
      signal,
      timeoutMs,
    });
    if (result.code !== 0) throw failure(result, request.failure ?? 'ffmpeg_failed');
  }

  /** @returns undefined when it cannot be run */
  async version(program: keyof MediaPrograms, cwd: string): Promise<string | undefined> {
    try {
      const { stdout = '' } = await this.runner.run({
        file: this.programs[program],
        args: ['-version'],
        cwd,
        timeoutMs: PROBE_TIMEOUT_MS,
        maxStdoutBytes: MAX_PROBE_BYTES,
      });
      return /^ff\w+ version (\S+)/.exec(stdout)?.[1];
    } catch (error) {
      if (error instanceof ProgramStartError) return undefined;
      throw error;
    }
  }

  /** Whether this build can turn HDR into SDR. */
  async canTonemap(cwd: string): Promise<boolean> {
    const { stdout = '' } = await this.runner.run({
      file: this.programs.ffmpeg,
      args: ['-hide_banner', '-v', 'error', '-filters'],
      cwd,
      timeoutMs: PROBE_TIMEOUT_MS,
      maxStdoutBytes: MAX_PROBE_BYTES,
    });
    return / zscale /.test(stdout) && / tonemap /.test(stdout);
  }
}

function failure(result: ProgramResult, otherwise: 'unreadable' | 'ffmpeg_failed'): MediaError {
  const reason = result.stderrTail.trim().slice(-MAX_REASON_LENGTH);
  if (result.aborted) return new MediaError('aborted', 'aborted');
  if (result.timedOut) return new MediaError('timed_out', 'ffmpeg ran into its time limit');
  if (reason.includes('No space left on device')) return new MediaError('no_space', reason);
  return new MediaError(otherwise, reason === '' ? `ended with ${result.code ?? result.signal ?? 'nothing'}` : reason);
}
