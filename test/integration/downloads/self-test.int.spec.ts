import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Nexus } from '../../../src/nexus.js';
import { eventually } from '../../support/eventually.js';
import { testNexus } from '../../support/nexus.js';

/** A yt-dlp that runs, and has nothing of what it takes to serve the sites that matter. */
const BARE_YT_DLP = `#!${process.execPath}
if (process.argv.includes('--version')) console.log('2099.01.01');
else console.error([
  '[debug] exe versions: none',
  '[debug] Optional libraries: certifi-2026.01.01',
  '[debug] JS runtimes: none',
  '[debug] Request Handlers: urllib',
].join('\\n'));
`;

describe('a Nexus without its tools', () => {
  let dataDir: string;
  let nexus: Nexus;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'nexus-bare-'));
    writeFileSync(join(dataDir, 'yt-dlp'), BARE_YT_DLP, { mode: 0o755 });
    nexus = await testNexus({
      DATA_DIR: dataDir,
      PATH: dataDir,
      FFPROBE_PATH: join(dataDir, 'no-ffprobe'),
    });
  });
  afterAll(async () => {
    await nexus.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  interface Health {
    status: string;
    parts: { name: string; status: string; reason?: string }[];
  }
  /** Once the part of that name is not well. */
  const troubled = async (name: string) =>
    eventually(async () => {
      const health = (await (await fetch(`${nexus.url}/api/v1/health`)).json()) as Health;
      const part = health.parts.find((each) => each.name === name);
      return part && part.status !== 'ok' ? { overall: health.status, part } : undefined;
    });

  it.each([
    ['yt-dlp', 'degraded', 'yt-dlp finds no JavaScript runtime that it supports'],
    ['yt-dlp', 'degraded', 'yt-dlp cannot impersonate browsers'],
    ['yt-dlp', 'degraded', 'yt-dlp finds no ffmpeg; yt-dlp finds no ffprobe'],
    ['ffmpeg', 'unavailable', 'ffmpeg cannot be run: set FFMPEG_PATH or install it'],
    ['ffmpeg', 'unavailable', 'ffprobe cannot be run: set FFPROBE_PATH or install it'],
  ])('is degraded, and lists it: %s is %s, for %s (point 21)', async (name, status, reason) => {
    const { overall, part } = await troubled(name);
    expect(overall).toBe('degraded');
    expect(part).toMatchObject({ status, reason: expect.stringContaining(reason) as string });
  });

  it('is degraded, and lists it, when nothing can be written where downloads are (point 21)', async () => {
    rmSync(join(dataDir, 'work', 'downloads'), { recursive: true, force: true });
    writeFileSync(join(dataDir, 'work', 'downloads'), 'a file is in the way');
    const { overall, part } = await troubled('work-folder');
    expect(overall).toBe('degraded');
    expect(part).toMatchObject({ status: 'unavailable', reason: 'downloads cannot be written to disk: EEXIST' });
  });
});
