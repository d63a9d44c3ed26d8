import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mediaPrograms } from './tools.js';
import type { World } from './world.js';

const run = promisify(execFile);

/** Of the media site, to be asked for. */
export const LONG_SAMPLE = 'vertical.mp4';
const SLOWER = 250;

/** Puts a video of half an hour, of few pictures, in place of one of the samples, which are all short. */
export async function makeLongSample(world: World): Promise<void> {
  const short = world.link('/ok.mp4');
  // What has been asked for once has a folder.
  await (await fetch(short)).arrayBuffer();
  const samples = join(world.dataDir, 'sandbox', 'media');
  const [edition = ''] = await readdir(samples);
  const path = join(samples, edition, LONG_SAMPLE);
  const input = ['-itsscale', String(SLOWER), '-i', short];
  await run(mediaPrograms.ffmpeg, ['-v', 'error', ...input, '-an', '-c', 'copy', '-movflags', '+faststart', path]);
}
