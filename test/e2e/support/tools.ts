import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findMediaPrograms, type MediaPrograms } from '../../../src/platform/media/media-programs.js';
import { findProgram } from '../../../src/platform/programs/find-program.js';
import { installedTools } from '../../../src/platform/programs/installed-tools.js';

/** Where vitest runs. */
const REPOSITORY = resolve('.');
const searchPath = process.env.PATH ?? '';
const installed = installedTools(join(REPOSITORY, '.nexus'));

/** What was built, and is tested here. */
export const SERVICE = join(REPOSITORY, 'dist', 'main.js');
export const SANDBOX = join(REPOSITORY, 'dist', 'sandbox', 'main.js');
export const WEB_APP = join(REPOSITORY, 'web', 'dist', 'index.html');

export const mediaPrograms: MediaPrograms = findMediaPrograms({
  searchPath,
  ffmpegPath: installed.ffmpeg,
  ffprobePath: installed.ffprobe,
});

/**
 * All that the service gets of our environment: nobody's tokens, and the programs that the setup has installed for this
 * repository, which it would look for in its own data folder.
 */
export function programEnvironment(): Record<string, string> {
  const ytDlp = installed.ytdlp ?? findProgram('yt-dlp', searchPath);
  if (ytDlp === undefined) throw new Error('There is no yt-dlp: run `node scripts/setup.mjs test`');
  return {
    PATH: searchPath,
    FFMPEG_PATH: mediaPrograms.ffmpeg,
    FFPROBE_PATH: mediaPrograms.ffprobe,
    YTDLP_PATH: ytDlp,
  };
}

export function chromiumPath(): string {
  const path = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
    .map((name) => findProgram(name, searchPath))
    .find((found) => found !== undefined);
  if (path === undefined) throw new Error('There is no Chromium: run `node scripts/setup.mjs test`');
  return path;
}

export function mustBeBuilt(file: string): void {
  if (!existsSync(file)) throw new Error(`${file} is missing: run \`npm run build\``);
}
