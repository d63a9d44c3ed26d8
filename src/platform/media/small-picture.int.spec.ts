import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProgramRequest, ProgramResult } from '../programs/program.js';
import { ProgramRunner } from '../programs/program-runner.js';
import { findMediaPrograms } from './media-programs.js';
import { Media } from './media.js';
import { pictureFacts } from './picture-facts.js';

const searchPath = process.env['PATH'] ?? '';
const programs = findMediaPrograms({ searchPath });
const run = promisify(execFile);

/** Counts what it runs. */
class CountingRunner extends ProgramRunner {
  runs = 0;

  override run(request: ProgramRequest): Promise<ProgramResult> {
    this.runs += 1;
    return super.run(request);
  }
}

describe('Media.smallPicture', () => {
  const folder = mkdtempSync(join(tmpdir(), 'small-pictures-'));
  const temporaryFolder = mkdtempSync(join(folder, 'work-'));
  const runner = new CountingRunner({ searchPath });
  const slots = { hold: () => Promise.resolve(() => Promise.resolve()) };
  const media = new Media({ runner, programs, slots, temporaryFolder });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  afterEach(async () => {
    expect(await readdir(temporaryFolder)).toEqual([]);
  });

  const picture = async (name: string, source = 'testsrc2=size=2000x1500', ...args: string[]) => {
    const file = join(folder, name);
    const input = ['-f', 'lavfi', '-i', source, ...args];
    await run(programs.ffmpeg, ['-nostdin', '-v', 'error', '-y', ...input, '-frames:v', '1', '-update', '1', file]);
    return file;
  };
  const small = async (file: string, longestSide = 1_024) => {
    const bytes = await media.smallPicture(file, { longestSide });
    const result = join(folder, 'small');
    writeFileSync(result, bytes);
    return { ...(await pictureFacts(result)), file: result };
  };

  it.each(['jpg', 'png', 'webp'])('makes a JPEG of the wanted size of a %s', async (format) => {
    const { width, height, ...result } = await small(await picture(`large.${format}`));
    expect({ width, height }).toEqual({ width: 1_024, height: 768 });
    expect(result.format).toBe('jpg');
    expect(result.sizeBytes).toBeLessThan(200_000);
  });

  it('keeps the size of a small one, and the shape of a high one', async () => {
    expect(await small(await picture('tiny.png', 'testsrc2=size=300x400'))).toMatchObject({ width: 300, height: 400 });
    expect(await small(await picture('high.png', 'testsrc2=size=500x2000'))).toMatchObject({
      width: 256,
      height: 1_024,
    });
  });

  it('shows what is transparent on white', async () => {
    const { file } = await small(await picture('clear.png', 'color=red@0.0:size=300x300,format=rgba'));
    const raw = ['-v', 'error', '-i', file, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
    const { stdout } = await run(programs.ffmpeg, raw, { encoding: 'buffer' });
    expect([...stdout.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it.each(['jpg', 'png', 'webp'])('refuses a %s that ends in the middle', async (format) => {
    const file = await picture(`whole.${format}`);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length / 2));
    await expect(media.smallPicture(file, { longestSide: 1_024 })).rejects.toMatchObject({ code: 'unreadable' });
  });

  it.each<[string, Buffer, string]>([
    ['promises 20,000 × 20,000 pixels', pngHead(20_000, 20_000), 'too_large'],
    ['is a GIF', Buffer.from('GIF89a\x90\x01\x90\x01\x00\x00\x00;', 'latin1'), 'unreadable'],
    ['names other files', Buffer.from('ffconcat version 1.0\nfile /etc/passwd\n'), 'unreadable'],
  ])('opens no program for what %s', async (_what, content, code) => {
    const file = join(folder, 'strange');
    writeFileSync(file, content);
    runner.runs = 0;
    await expect(media.smallPicture(file, { longestSide: 1_024 })).rejects.toMatchObject({ code });
    expect(runner.runs).toBe(0);
  });

  it('reads nothing but what the head says it is', async () => {
    const file = join(folder, 'film.png');
    const film = await picture('film.gif', 'testsrc2=size=64x48');
    writeFileSync(file, Buffer.concat([pngHead(64, 48), readFileSync(film)]));
    await expect(media.smallPicture(file, { longestSide: 1_024 })).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('ends with its signal', async () => {
    const file = await picture('aborted.png');
    const reason = new Error('The process ends');
    const options = { longestSide: 1_024, signal: AbortSignal.abort(reason) };
    await expect(media.smallPicture(file, options)).rejects.toBe(reason);
  });
});

/** A PNG that ends after its size. */
function pngHead(width: number, height: number): Buffer {
  const head = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0\x08\0\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}
