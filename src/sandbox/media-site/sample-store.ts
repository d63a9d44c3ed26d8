import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { ffmpeg } from '../ffmpeg.js';
import { rotateFirstTrack } from './rotate-track.js';
import { RECIPES, type Recipe } from './samples.js';

const HLS_SEGMENT_SEC = 2;
const HLS_PLAYLIST = 'i.m3u8';

/** Other recipes make other samples: those of an older Nexus in the same folder are left alone. */
const EDITION = createHash('sha256').update(JSON.stringify(RECIPES)).digest('hex').slice(0, 8);

/** Samples on disk, each made once, when it is first wanted. Throws FfmpegError when one cannot be made. */
export class SampleStore {
  private readonly making = new Map<string, Promise<string>>();
  private readonly folder: string;
  private encoders: Promise<string> | null = null;

  constructor(
    folder: string,
    private readonly ffmpegPath: string,
  ) {
    this.folder = join(folder, EDITION);
  }

  /** The path of a sample; `name` is a key of RECIPES. */
  file(name: string): Promise<string> {
    return this.once(name, async (temporary) => {
      const recipe = RECIPES[name];
      if (!recipe) throw new Error(`No sample is called ${name}`);
      await this.make(recipe, temporary);
    });
  }

  /** The folder with a playlist, `i.m3u8`, and its segments. */
  hls(): Promise<string> {
    return this.once('hls', async (temporary) => {
      const video = await this.file('ok.mp4');
      await mkdir(temporary);
      const playlist = ['-hls_list_size', '0', '-hls_playlist_type', 'vod'];
      const segments = ['-hls_time', String(HLS_SEGMENT_SEC), '-hls_segment_filename', join(temporary, 'segment%d.ts')];
      const output = ['-c', 'copy', '-f', 'hls', ...playlist, ...segments, join(temporary, HLS_PLAYLIST)];
      await ffmpeg(this.ffmpegPath, ['-i', video, ...output]);
    });
  }

  /** Names of the samples that this ffmpeg can make. */
  async available(): Promise<string[]> {
    this.encoders ??= ffmpeg(this.ffmpegPath, ['-encoders']).catch(() => '');
    const encoders = await this.encoders;
    return Object.entries(RECIPES)
      .filter(([, recipe]) => (recipe.encoders ?? []).every((encoder) => encoders.includes(` ${encoder} `)))
      .map(([name]) => name);
  }

  /** Single flight; made beside its place and moved there, so that a killed process leaves no half of one. */
  private once(name: string, make: (temporary: string) => Promise<void>): Promise<string> {
    let made = this.making.get(name);
    if (!made) {
      made = this.ensure(name, make);
      this.making.set(name, made);
      made.catch(() => this.making.delete(name));
    }
    return made;
  }

  private async ensure(name: string, make: (temporary: string) => Promise<void>): Promise<string> {
    const path = join(this.folder, name);
    if (await stat(path).catch(() => null)) return path;
    await mkdir(this.folder, { recursive: true });
    const temporary = join(this.folder, `${randomUUID()}${extname(name)}`);
    try {
      await make(temporary);
      await rename(temporary, path);
      return path;
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  }

  private async make({ title, from, picture, output, patch }: Recipe, path: string): Promise<void> {
    const input = from === undefined ? testPicture(picture) : ['-i', await this.file(from)];
    await ffmpeg(this.ffmpegPath, [...input, ...output, '-metadata', `title=${title}`, path]);
    if (patch !== 'rotate90') return;
    const bytes = await readFile(path);
    rotateFirstTrack(bytes);
    await writeFile(path, bytes);
  }
}

/** A moving picture with a running counter, and a tone that beeps every second. */
function testPicture(picture = { size: '640x360', seconds: 3 }): string[] {
  const { size, seconds } = picture;
  const video = `testsrc2=size=${size}:rate=25:duration=${seconds}`;
  const sound = `sine=frequency=330:beep_factor=4:sample_rate=48000:duration=${seconds}`;
  return ['-f', 'lavfi', '-i', video, '-f', 'lavfi', '-i', sound];
}
