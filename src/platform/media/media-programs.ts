import ffprobeStatic from 'ffprobe-static';
import { dirname, join } from 'node:path';
import { findProgram } from '../programs/find-program.js';
import { ProgramStartError } from '../programs/program.js';

export interface MediaPrograms {
  ffmpeg: string;
  ffprobe: string;
}

export interface MediaProgramOptions {
  /** Folders where programs are looked for, as in PATH. */
  searchPath: string;
  ffmpegPath?: string;
  ffprobePath?: string;
}

/**
 * ffmpeg: the path that was given, else the one on the search path. ffprobe: the path that was given, else the one beside
 * that ffmpeg, since the two belong together, else the one that comes with the npm package.
 * @throws ProgramStartError when one of them is not there
 */
export function findMediaPrograms({ searchPath, ffmpegPath, ffprobePath }: MediaProgramOptions): MediaPrograms {
  const ffmpeg = existing(ffmpegPath ?? 'ffmpeg', searchPath);
  if (ffprobePath !== undefined) return { ffmpeg, ffprobe: existing(ffprobePath, searchPath) };
  const beside = findProgram(join(dirname(ffmpeg), 'ffprobe'), searchPath);
  return { ffmpeg, ffprobe: beside ?? existing(ffprobeStatic.path, searchPath) };
}

function existing(file: string, searchPath: string): string {
  const program = findProgram(file, searchPath);
  if (program === undefined) throw new ProgramStartError(file, 'not_found');
  return program;
}
