import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMediaSite } from '../../../../sandbox/media-site/media-site.js';
import { SystemClock } from '../../../../platform/clock/clock.js';
import { findProgram } from '../../../../platform/programs/find-program.js';
import { installedTools } from '../../../../platform/programs/installed-tools.js';
import { ProgramRunner } from '../../../../platform/programs/program-runner.js';
import { pytubefixError } from '../../errors/pytubefix-errors.js';
import type { Wish } from '../provider.js';
import { ProviderWorld, RecordingSink } from '../testing/provider-world.js';
import { parseLine } from './line-protocol.js';
import { PytubefixProvider } from './pytubefix.provider.js';

const searchPath = process.env.PATH ?? '';
const tools = installedTools(join(process.cwd(), '.nexus'));
const ffmpeg = tools.ffmpeg ?? findProgram('ffmpeg', searchPath) ?? 'ffmpeg';
const FAKE = join(__dirname, 'testing', 'fake');

let folder: string;
let server: Server;
let siteUrl: string;
let world: ProviderWorld;
let provider: PytubefixProvider;

const create = (python: string, withFfmpeg: string | null = ffmpeg) =>
  new PytubefixProvider(
    { python, ffmpeg: withFfmpeg, cacheDir: join(folder, 'cache') },
    new ProgramRunner({ searchPath }),
    new SystemClock(),
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pytubefix-runner-'));
  const { app } = createMediaSite({ folder, ffmpegPath: ffmpeg, clock: new SystemClock(), log: () => undefined });
  server = await new Promise((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => {
      resolve(listening);
    });
  });
  siteUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = await ProviderWorld.create(new URL(siteUrl).host);
  // A real Python that finds the stand-in for pytubefix: programs inherit nothing of this process' environment.
  const python = join(folder, 'python');
  await writeFile(python, `#!/bin/sh\nPYTHONPATH='${FAKE}' FAKE_SITE='${siteUrl}' exec python3 -B "$@"\n`);
  await chmod(python, 0o755);
  provider = create(python);
});

afterAll(async () => {
  await world.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

type Wishes = Parameters<ProviderWorld['call']>[1];

const call = (id: string, wishes: Wishes = {}) => {
  const canonicalUrl = `https://www.youtube.com/watch?v=${id}`;
  return world.call(canonicalUrl, {
    link: { platform: 'youtube', mediaKey: `youtube:${id}`, canonicalUrl },
    ...wishes,
  });
};

const sample = async () => Buffer.from(await (await fetch(`${siteUrl}/ok.mp4`)).arrayBuffer());

/** What the container of a file says of its streams. */
function streamsIn(path: string): string[] {
  const args = ['-v', 'error', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0', path];
  return execFileSync(tools.ffprobe ?? 'ffprobe', args, { encoding: 'utf8' })
    .trim()
    .split('\n')
    .sort();
}

async function processesOf(workDir: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(workDir));
}

describe('the runner, with a stand-in for pytubefix', () => {
  it.each(['ok', 'norange', 'redir', 'cut', 'sabr-ok'])(
    'fetches all of a video (%s), through the gateway alone',
    async (id) => {
      const download = await call(id);
      const sink = new RecordingSink();
      const media = await provider.download(download, sink);
      expect((await sample()).equals(await readFile(media.path))).toBe(true);
      expect(media).toMatchObject({ path: join(download.workDir, 'out', 'media.mp4'), title: 'A video' });
      expect(sink.steps.at(-1)).toMatchObject({ bytes: media.bytes, totalBytes: media.bytes });
      expect(sink.tries).toEqual(id === 'cut' ? [{ kind: 'first', errorCode: 'STALL' }] : []);
      // A second try goes on with what is there.
      expect(sink.steps.filter(({ bytes }) => bytes === 0)).toHaveLength(1);
      expect(download.session.bytesByHost[new URL(siteUrl).hostname]).toBeGreaterThan(media.bytes);
    },
  );

  it('puts picture and sound together', async () => {
    const download = await call('apart');
    const sink = new RecordingSink();
    const media = await provider.download(download, sink);
    expect(streamsIn(media.path)).toEqual(['audio', 'video']);
    const { length } = await sample();
    expect(sink.steps.at(-1)).toMatchObject({ bytes: 2 * length, totalBytes: 2 * length });
    expect((await readdir(join(download.workDir, 'tmp'))).sort()).toEqual(['137.mp4', '140.mp4']);
  });

  it.each<[Wish, string[], string]>([
    [{ quality: '720', kind: 'video' }, ['136.mp4', '140.mp4'], 'media.mp4'],
    [{ quality: '2160', kind: 'video' }, ['140.mp4', '271.webm'], 'media.mp4'],
    [{ quality: '900', kind: 'video' }, ['136.mp4', '140.mp4'], 'media.mp4'],
    [{ quality: '360', kind: 'video' }, [], 'media.mp4'],
    [{ quality: '144', kind: 'video' }, [], 'media.mp4'],
    [{ quality: 'best', kind: 'audio' }, [], 'media.m4a'],
  ])('takes what is wished: %j', async (wish, parts, name) => {
    const download = await call('apart', { wish });
    const media = await provider.download(download, new RecordingSink());
    expect((await readdir(join(download.workDir, 'tmp'))).sort()).toEqual(parts);
    expect(media.path).toBe(join(download.workDir, 'out', name));
  });

  it('takes a smaller one when the best does not fit', async () => {
    const { length } = await sample();
    const download = await call('apart', { maxBytes: length + 10 });
    const media = await provider.download(download, new RecordingSink());
    expect(media.bytes).toBe(length);
  });

  it('can do without ffmpeg', async () => {
    const bare = create(join(folder, 'python'), null);
    const media = await bare.download(await call('apart'), new RecordingSink());
    expect((await sample()).equals(await readFile(media.path))).toBe(true);
  });

  it('finds out about a video without fetching it', async () => {
    const probe = await call('apart', { wish: { quality: '720', kind: 'video' } });
    const { length } = await sample();
    expect(await provider.probe(probe)).toEqual({
      title: 'A video',
      durationSec: 3,
      sizeBytes: 2 * length,
      width: 1280,
      height: 720,
      isLive: false,
      ageLimit: null,
      heights: [1440, 1080, 720, 360],
    });
    expect(await readdir(join(probe.workDir, 'tmp'))).toEqual([]);
  });

  it.each([
    ['page-403', 'HTTP_403'],
    ['page-429', 'HTTP_429'],
    ['page-503', 'UPSTREAM_5XX'],
    ['403', 'BYTES_403'],
    ['429', 'HTTP_429'],
    ['sabr-404', 'STALL'],
    ['unavailable', 'CONTENT_GEO'],
    ['live', 'CONTENT_LIVE'],
  ])('says what %s means: %s', async (id, code) => {
    await expect(provider.download(await call(id), new RecordingSink())).rejects.toMatchObject({ code });
  });

  it('leaves what is too long or too large', async () => {
    const long = await call('long');
    await expect(provider.download(long, new RecordingSink())).rejects.toMatchObject({ code: 'CONTENT_TOO_LONG' });
    const small = await call('ok', { maxBytes: 1_000 });
    await expect(provider.download(small, new RecordingSink())).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
    // Its page told a size that fits.
    const lying = await call('big', { maxBytes: 1_000_000 });
    await expect(provider.download(lying, new RecordingSink())).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
  });

  it('takes silence for a stall, tries once more, and leaves no process', async () => {
    const stalling = await call('stall', { stallMs: 1_500 });
    const sink = new RecordingSink();
    await expect(provider.download(stalling, sink)).rejects.toMatchObject({ code: 'STALL' });
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'STALL' }]);
    expect(await processesOf(stalling.workDir)).toEqual([]);
  });

  it('stops at once when it is aborted, and leaves no process', async () => {
    const aborting = new AbortController();
    const reason = new Error('cancelled by its sender');
    const sink = new RecordingSink(({ bytes }) => {
      if (bytes > 0) aborting.abort(reason);
    });
    const slow = await call('slow', { signal: aborting.signal });
    await expect(provider.download(slow, sink)).rejects.toBe(reason);
    expect(await processesOf(slow.workDir)).toEqual([]);
  });
});

describe('the runner, with a Python that lacks pytubefix', () => {
  it('is not ready, and says so', async () => {
    const bare = join(folder, 'bare-python');
    await writeFile(bare, '#!/bin/sh\nexec python3 -S -B "$@"\n');
    await chmod(bare, 0o755);
    expect(await create(bare).readiness()).toEqual({ ready: false, reason: "pytubefix: No module named 'pytubefix'" });
  });
});

describe.skipIf(tools.pytubefixPython === undefined)('the runner, with pytubefix itself', () => {
  const python = tools.pytubefixPython ?? 'python3';

  it('tells its version', async () => {
    const version = execFileSync(python, ['-m', 'pip', 'show', 'pytubefix'], { encoding: 'utf8' });
    expect(await create(python).readiness()).toEqual({
      ready: true,
      version: /^Version: (.*)$/m.exec(version)?.[1],
      platforms: ['youtube', 'youtube_shorts'],
    });
  });

  it('raises nothing that nobody has a code for', async () => {
    const output = execFileSync(python, ['-B', join(__dirname, 'testing', 'raise_all.py'), __dirname], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const recorded = JSON.parse(
      await readFile(join(__dirname, '../../errors/fixtures/pytubefix-failures.json'), 'utf8'),
    ) as [string, string][];
    const codes = new Map(recorded.map(([code, line]) => [line, code]));
    const lines = output.trim().split('\n');
    expect(lines.length).toBeGreaterThan(50);
    for (const line of lines) {
      const failure = parseLine(line);
      if (failure?.event !== 'error') throw new Error(`that is no failure: ${line}`);
      expect([line, pytubefixError(failure, 'youtube').code]).toEqual([line, codes.get(line)]);
    }
  });

  it('asks for the platform at the gateway, with its credentials', async () => {
    const asked: string[] = [];
    const gateway = createServer().on('connect', ({ url, headers }, socket) => {
      asked.push(`${String(url)} ${headers['proxy-authorization'] ?? 'nobody'}`);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    const { port } = gateway.address() as AddressInfo;
    const probe = { ...(await call('dQw4w9WgXcQ')), proxyUrl: `http://job:secret@127.0.0.1:${port}` };
    await expect(create(python).probe(probe)).rejects.toMatchObject({ code: 'USER_URL' });
    const credentials = Buffer.from('job:secret').toString('base64');
    expect(new Set(asked)).toEqual(new Set([`www.youtube.com:443 Basic ${credentials}`]));
    await new Promise((resolve) => gateway.close(resolve));
  });
});
