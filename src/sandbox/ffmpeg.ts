import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const TIMEOUT_MS = 120_000;

export class FfmpegError extends Error {}

/** Runs ffmpeg and gives what it printed. Throws FfmpegError with its own words when it is missing or fails. */
export async function ffmpeg(path: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(path, ['-nostdin', '-hide_banner', '-v', 'error', '-y', ...args], {
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    return stdout;
  } catch (error) {
    throw new FfmpegError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
