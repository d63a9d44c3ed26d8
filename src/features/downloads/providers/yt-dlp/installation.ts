import { mkdir } from 'node:fs/promises';
import type { Platform } from '../../links/media-link.js';
import { type ProgramRequest, type ProgramResult, ProgramStartError } from '../../../../platform/programs/program.js';
import { isAtLeast, OLDEST_VERSION, parseVersion, PINNED_VERSION } from './version.js';

/** What is needed of ProgramRunner. */
export interface Programs {
  run(request: ProgramRequest): Promise<ProgramResult>;
}

export interface InstallationPaths {
  /** A path, or a name on the search path. */
  file: string;
  denoPath: string | null;
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
      /** Why it serves fewer platforms, or serves some badly. */
      reason?: string;
    };

const SELF_TEST_MS = 30_000;

/** Asks the program what it is and what it has; it is not started on any link. */
export async function inspect(
  programs: Programs,
  { file, denoPath, cacheDir }: InstallationPaths,
): Promise<Installation> {
  await mkdir(cacheDir, { recursive: true });
  const ask = (args: string[]) =>
    programs.run({ file, args, cwd: cacheDir, timeoutMs: SELF_TEST_MS, maxStdoutBytes: 4_096 });
  try {
    const version = parseVersion((await ask(['--ignore-config', '--version'])).stdout ?? '');
    if (version === null) return { usable: false, reason: `${file} does not tell a version of yt-dlp` };
    if (!isAtLeast(version, OLDEST_VERSION)) {
      return { usable: false, version, reason: `yt-dlp ${version} is older than ${OLDEST_VERSION}` };
    }
    if (!isAtLeast(version, PINNED_VERSION)) {
      return onlyDirect(version, `yt-dlp ${version} is older than ${PINNED_VERSION}`);
    }
    const { stderrTail } = await ask(verboseArguments(denoPath));
    return judge(version, stderrTail);
  } catch (error) {
    if (error instanceof ProgramStartError) return { usable: false, reason: error.message };
    throw error;
  }
}

/** Without an address it ends at once, after a debug header on stderr. */
function verboseArguments(denoPath: string | null): string[] {
  const runtime = denoPath === null ? [] : ['--js-runtimes', `deno:${denoPath}`];
  return ['--ignore-config', '--verbose', '--no-update', '--no-plugin-dirs', '--no-remote-components', ...runtime];
}

/** Reads the debug header. Without a runtime nothing of YouTube can be got; without impersonation sites see a program. */
export function judge(version: string, debugHeader: string): Installation {
  const told = (name: string) => new RegExp(`^\\[debug\\] ${name}: (.*)$`, 'm').exec(debugHeader)?.[1] ?? '';
  const runtimes = told('JS runtimes').split(', ');
  if (!runtimes.some((runtime) => /^\w+-\d/.test(runtime) && !runtime.includes('unsupported'))) {
    return onlyDirect(version, 'yt-dlp finds no JavaScript runtime that it supports');
  }
  if (!told('Optional libraries').includes('yt_dlp_ejs')) {
    return onlyDirect(version, 'the scripts of yt-dlp for its JavaScript runtime (yt-dlp-ejs) are missing');
  }
  const canImpersonate = told('Request Handlers').includes('curl_cffi');
  return {
    usable: true,
    version,
    reason: canImpersonate ? undefined : 'yt-dlp cannot impersonate browsers: no curl_cffi',
  };
}

function onlyDirect(version: string, why: string): Installation {
  return { usable: true, version, platforms: ['direct'], reason: `${why}: it serves direct links only` };
}
