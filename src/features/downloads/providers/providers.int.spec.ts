import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { SystemClock } from '../../../platform/clock/clock.js';
import { UndiciHttpClient } from '../../../platform/http/index.js';
import { findProgram } from '../../../platform/programs/find-program.js';
import { installedTools } from '../../../platform/programs/installed-tools.js';
import { ProgramRunner } from '../../../platform/programs/program-runner.js';
import { NotApplicable } from '../errors/provider-error.js';
import { CobaltProvider } from './cobalt/cobalt.provider.js';
import { DirectProvider } from './direct/direct.provider.js';
import { RapidapiProvider } from './rapidapi/rapidapi.provider.js';
import { SavenowProvider } from './savenow/savenow.provider.js';
import { describeApiContract } from './testing/api-contract-kit.js';
import { describeProviderContract } from './testing/contract-kit.js';
import { leadingScripts } from './testing/leading-scripts.js';
import { ProviderWorld, RecordingSink } from './testing/provider-world.js';
import { YtDlpProvider } from './yt-dlp/yt-dlp.provider.js';
import { createMediaSite } from '../../../sandbox/media-site/media-site.js';

const searchPath = process.env.PATH ?? '';
const tools = installedTools(join(process.cwd(), '.nexus'));
const ffmpeg = tools.ffmpeg ?? findProgram('ffmpeg', searchPath);
const ytDlp = tools.ytdlp ?? findProgram('yt-dlp', searchPath);

let folder: string;
let server: Server;
let siteUrl: string;
let world: ProviderWorld;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-site-'));
  const { app } = createMediaSite({
    folder,
    ffmpegPath: ffmpeg ?? 'ffmpeg',
    clock: new SystemClock(),
    log: () => undefined,
  });
  server = await new Promise((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => {
      resolve(listening);
    });
  });
  siteUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = await ProviderWorld.create(new URL(siteUrl).host);
});

afterAll(async () => {
  await world.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

describe('DirectProvider', () => {
  const provider = new DirectProvider(new SystemClock());

  describeProviderContract('direct', () => ({ provider, siteUrl }));

  it.each(['/watch/sample', '/hls/i.m3u8', '/'])('leaves %s to others', async (path) => {
    const call = await world.call(siteUrl + path);
    await expect(provider.probe(call)).rejects.toBeInstanceOf(NotApplicable);
    await expect(provider.download(call, new RecordingSink())).rejects.toBeInstanceOf(NotApplicable);
  });

  it('knows the size before it fetches', async () => {
    const call = await world.call(`${siteUrl}/big.mp4?mb=50`);
    expect(await provider.probe(call)).toMatchObject({ title: 'big', sizeBytes: 50 * 1024 * 1024 });
  });
});

describe.skipIf(ytDlp === undefined)('YtDlpProvider', () => {
  const options = {
    file: ytDlp ?? 'yt-dlp',
    denoPath: tools.deno ?? findProgram('deno', searchPath) ?? null,
    ffmpegDir: ffmpeg === undefined ? null : dirname(ffmpeg),
  };
  const create = () =>
    new YtDlpProvider(
      { ...options, cacheDir: join(folder, 'cache') },
      new ProgramRunner({ searchPath }),
      new SystemClock(),
    );
  let provider: YtDlpProvider;

  beforeAll(() => {
    provider = create();
  });

  describeProviderContract('yt-dlp', () => ({ provider, siteUrl }));

  it('tells its version', async () => {
    const printed = execFileSync(options.file, ['--version'], { encoding: 'utf8' }).trim();
    expect((await provider.readiness()).version).toBe(printed);
  });

  it.each(['/watch/sample', '/hls/i.m3u8'])('fetches what is behind %s', async (path) => {
    const call = await world.call(siteUrl + path);
    const media = await provider.download(call, new RecordingSink());
    expect(media.bytes).toBeGreaterThan(100_000);
    expect(media.path).toBe(join(call.workDir, 'out', 'media.mp4'));
  });

  it('goes from a probe to the download without asking the page again', async () => {
    const hits = async () => ((await (await fetch(`${siteUrl}/hits`)).json()) as { url: string }[]).length;
    const call = await world.call(`${siteUrl}/watch/sample`);
    await provider.probe(call);
    const before = await hits();
    await provider.download(call, new RecordingSink());
    expect((await hits()) - before).toBe(1);
  });

  it('takes a lost segment for a failure, not for a shorter video (point 18)', async () => {
    const call = await world.call(`${siteUrl}/hls/gap.m3u8`);
    await expect(provider.download(call, new RecordingSink())).rejects.toMatchObject({ code: 'STALL' });
  });

  it('refuses a page without a video', async () => {
    const call = await world.call(`${siteUrl}/`);
    await expect(provider.download(call, new RecordingSink())).rejects.toMatchObject({ code: 'USER_URL' });
  });

  it('leaves a medium that is too long', async () => {
    const call = await world.call(`${siteUrl}/hls/i.m3u8`);
    const short = { ...call, limits: { ...call.limits, maxDurationSec: 2 } };
    await expect(provider.download(short, new RecordingSink())).rejects.toMatchObject({ code: 'CONTENT_TOO_LONG' });
  });
});

describe('providers behind APIs', () => {
  const clock = new SystemClock();
  const http = new UndiciHttpClient(clock);

  afterAll(() => http.close());

  describeApiContract('rapidapi', () => ({
    provider: new RapidapiProvider(http, clock),
    siteUrl,
    leads: leadingScripts.rapidapi,
    reextracts: false,
  }));

  describeApiContract('savenow', () => ({
    provider: new SavenowProvider(http, clock),
    siteUrl,
    leads: leadingScripts.savenow,
    reextracts: true,
  }));

  describeApiContract('cobalt', () => ({
    provider: new CobaltProvider(http, clock),
    siteUrl,
    leads: leadingScripts.cobalt,
    reextracts: true,
  }));
});
