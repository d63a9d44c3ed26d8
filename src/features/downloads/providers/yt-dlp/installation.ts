import { mkdir } from 'node:fs/promises';
import type { Platform } from '../../links/media-link.js';
import { ProgramStartError } from '../../../../platform/programs/program.js';
import type { Programs } from '../program/programs.js';
import { isAtLeast, OLDEST_VERSION, parseVersion, PINNED_VERSION } from './version.js';

export interface InstallationPaths {
  /** A path, or a name on the search path. */
  file: string;
  denoPath: string | null;
  /** Where ffmpeg and ffprobe are; null leaves it to the search path. */
  ffmpegDir: string | null;
  /** An own folder, made when it is missing. */
  cacheDir: string;
}

export type Installation =
  | { usable: false; version?: string; reason: string }
  | {
      usable: true;
      version: string;
      /** All of them when missing. */
      platforms?: readonly Platform[];
      /** All that keeps it from serving every platform well. */
      reason?: string;
    };

const SELF_TEST_MS = 30_000;

/** Asks the program what it is and what it has; it is not started on any link. */
export async function inspect(programs: Programs, paths: InstallationPaths): Promise<Installation> {
  const { file, cacheDir } = paths;
  const ask = (args: string[]) =>
    programs.run({ file, args, cwd: cacheDir, timeoutMs: SELF_TEST_MS, maxStdoutBytes: 4_096 });
  try {
    await mkdir(cacheDir, { recursive: true });
  } catch {
    return { usable: false, reason: 'the folder for its cache cannot be made' };
  }
  try {
    const version = parseVersion((await ask(['--ignore-config', '--version'])).stdout ?? '');
    if (version === null) return { usable: false, reason: `${file} does not tell a version of yt-dlp` };
    if (!isAtLeast(version, OLDEST_VERSION)) {
      return { usable: false, version, reason: `yt-dlp ${version} is older than ${OLDEST_VERSION}` };
    }
    if (!isAtLeast(version, PINNED_VERSION)) {
      return { usable: true, version, ...onlyDirect(`yt-dlp ${version} is older than ${PINNED_VERSION}`) };
    }
    const { stderrTail } = await ask(verboseArguments(paths));
    return judge(version, stderrTail);
  } catch (error) {
    if (error instanceof ProgramStartError) return { usable: false, reason: error.message };
    throw error;
  }
}

/** Without an address it ends at once, after a debug header on stderr. */
function verboseArguments({ denoPath, ffmpegDir }: InstallationPaths): string[] {
  return [
    ...['--ignore-config', '--verbose', '--no-update', '--no-plugin-dirs', '--no-remote-components'],
    ...(denoPath === null ? [] : ['--js-runtimes', `deno:${denoPath}`]),
    ...(ffmpegDir === null ? [] : ['--ffmpeg-location', ffmpegDir]),
  ];
}

/** Reads the debug header. Without a runtime nothing of YouTube can be got; without impersonation sites see a program. */
export function judge(version: string, debugHeader: string): Installation {
  if (!debugHeader.includes('[debug]')) {
    return { usable: true, version, reason: 'yt-dlp does not say what it has to work with' };
  }
  const told = (name: string) =>
    (new RegExp(`^\\[debug\\] ${name}: (.*)$`, 'm').exec(debugHeader)?.[1] ?? '').split(', ');
  const hasRuntime = told('JS runtimes').some((runtime) => /^\w+-\d/.test(runtime) && !runtime.includes('unsupported'));
  const hasScripts = told('Optional libraries').some((library) => library.startsWith('yt_dlp_ejs'));
  const programs = told('exe versions').map((program) => program.split(' ')[0]);
  const lacks = [
    ...['ffmpeg', 'ffprobe'].filter((name) => !programs.includes(name)).map((name) => `yt-dlp finds no ${name}`),
    ...(told('Request Handlers').includes('curl_cffi') ? [] : ['yt-dlp cannot impersonate browsers: no curl_cffi']),
  ];
  if (!hasScripts) lacks.unshift('the scripts of yt-dlp for its JavaScript runtime (yt-dlp-ejs) are missing');
  if (!hasRuntime) lacks.unshift('yt-dlp finds no JavaScript runtime that it supports');
  const reason = lacks.length > 0 ? lacks.join('; ') : undefined;
  return { usable: true, version, ...(hasRuntime && hasScripts ? { reason } : onlyDirect(reason ?? '')) };
}

function onlyDirect(why: string): { platforms: readonly Platform[]; reason: string } {
  return { platforms: ['direct'], reason: `${why}: it serves direct links only` };
}
