import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mediaPrograms } from './tools.js';

const run = promisify(execFile);

/** A picture as a phone takes it, made by ffmpeg. @returns its path */
export async function makeProductPhoto(folder: string): Promise<string> {
  const path = join(folder, 'product.jpg');
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=720x1280', '-frames:v', '1'];
  await run(mediaPrograms.ffmpeg, ['-v', 'error', '-y', ...source, '-q:v', '4', path]);
  return path;
}

export async function readPhoto(path: string): Promise<Blob> {
  return new Blob([await readFile(path)], { type: 'image/jpeg' });
}
