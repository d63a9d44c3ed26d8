import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { ProgramStartError } from '../../../../platform/programs/program.js';
import type { Platform } from '../../links/media-link.js';
import type { ProviderCall, Wish } from '../provider.js';
import { RecordingSink, SCRIPTED_URL, scriptedCall } from '../testing/provider-world.js';
import { type Script, ScriptedPrograms } from '../testing/scripted-programs.js';
import type { Programs } from '../program/programs.js';
import { YtDlpProvider } from './yt-dlp.provider.js';

const HEADER = [
  '[debug] exe versions: ffmpeg 5.1.9-0 (setts), ffprobe 5.1.9-0',
  '[debug] Optional libraries: curl_cffi-0.16.3, yt_dlp_ejs-0.8.0',
  '[debug] JS runtimes: deno-2.9.6',
  '[debug] Request Handlers: urllib, curl_cffi',
].join('\n');
const SELF_TEST: Script[] = [{ stdout: '2026.08.19\n' }, { stderr: HEADER, code: 2 }];
const BEFORE = 'NXI {"title": "A video", "duration": 12}';
const CHOSEN = 'NXI {"title": "A video", "duration": 12, "filesize": 1000, "protocol": "https"}';
const PROGRESS = 'NXP {"status": "downloading", "downloaded_bytes": 500, "total_bytes": 1000, "speed": 100}';

let folder: string;
let workDir: string;
let clock: ManualClock;
let sink: RecordingSink;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yt-dlp-'));
  workDir = join(folder, 'job');
  await mkdir(workDir);
  clock = new ManualClock();
  sink = new RecordingSink();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const provider = (programs: Programs) =>
  new YtDlpProvider(
    { file: 'yt-dlp', denoPath: '/opt/deno', ffmpegDir: null, cacheDir: join(folder, 'cache') },
    programs,
    clock,
  );

const call = ({ platform = 'youtube', ...changes }: Partial<ProviderCall> & { platform?: Platform } = {}) =>
  scriptedCall({
    link: { platform, mediaKey: 'youtube:dQw4w9WgXcQ', canonicalUrl: SCRIPTED_URL },
    workDir,
    ...changes,
  });

/** A run that leaves a file and says where. */
function success(bytes = 1_000): Script {
  const path = () => join(workDir, 'out', 'media.mp4');
  return {
    lines: [BEFORE, CHOSEN, PROGRESS, `NXF ${JSON.stringify(path())}`],
    act: () => writeFile(path(), Buffer.alloc(bytes)),
  };
}

const run = (...scripts: Script[]) => {
  const programs = new ScriptedPrograms([...SELF_TEST, ...scripts]);
  return { programs, ytDlp: provider(programs) };
};

/** Lets time pass, but only while a program hangs: what the machine is slow at takes none. */
async function letTimePass<T>(programs: ScriptedPrograms, promise: Promise<T>): Promise<T> {
  const state = { isSettled: false };
  const done = promise.finally(() => (state.isSettled = true));
  done.catch(() => undefined);
  while (!state.isSettled) {
    if (programs.hanging) clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return done;
}

describe('YtDlpProvider.download', () => {
  it('is done when the program ended well and its file is there', async () => {
    const { ytDlp, programs } = run(success());
    const media = await ytDlp.download(call(), sink);
    expect(media).toEqual({
      path: join(workDir, 'out', 'media.mp4'),
      title: 'A video',
      expectedDurationSec: 12,
      hasSound: false,
      bytes: 1_000,
      ttfbMs: 0,
    });
    expect(sink.steps).toEqual([{ bytes: 500, totalBytes: 1_000, bytesPerSecond: 100, etaSec: 5 }]);
    expect(sink.tries).toEqual([]);
    expect(programs.requests[2]).toMatchObject({ file: 'yt-dlp', cwd: workDir, niceness: 10, maxFileBytes: 2_200 });
    expect(programs.requests[2]?.args.slice(-2)).toEqual(['--', SCRIPTED_URL]);
  });

  it.each<[string, string[], string]>([
    ['a medium that is too long', ['NXI {"title": "t", "duration": 61}'], 'CONTENT_TOO_LONG'],
    ['one that is still live', ['NXI {"title": "t", "live_status": "is_live"}'], 'CONTENT_LIVE'],
    [
      'one that is too large',
      [CHOSEN, '[download] File is larger than max-filesize (3000 bytes > 2000 bytes). Aborting.'],
      'CONTENT_TOO_LARGE',
    ],
    ['a file outside its folder', [CHOSEN, PROGRESS, 'NXF "/etc/hostname"'], 'PROVIDER_BUG'],
    ['one that an old program leaves out without a word', [CHOSEN], 'CONTENT_TOO_LARGE'],
    ['no reason at all', [CHOSEN, PROGRESS], 'PROVIDER_BUG'],
  ])('does not take a good end without a file for a success: %s', async (_, lines, code) => {
    await expect(run({ lines }).ytDlp.download(call(), sink)).rejects.toMatchObject({ code });
  });

  it('stops a download that is announced or found to be too large', async () => {
    const announced = run({ lines: ['NXI {"filesize_approx": 2001, "protocol": "m3u8_native"}'] });
    await expect(announced.ytDlp.download(call(), sink)).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
    const found = run({ lines: [CHOSEN, 'NXP {"status": "downloading", "downloaded_bytes": 2001}'] });
    await expect(found.ytDlp.download(call(), sink)).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
    const merged = run(success(2_001));
    await expect(merged.ytDlp.download(call(), sink)).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
  });

  it('asks the page once more when the bytes are refused, and forgets what it had', async () => {
    const refused: Script = {
      lines: [CHOSEN],
      act: () => writeFile(join(workDir, 'source.info.json'), '{}'),
      stderr: 'ERROR: unable to download video data: HTTP Error 403: Forbidden',
      code: 1,
    };
    const { ytDlp, programs } = run(refused, success());
    await ytDlp.download(call(), sink);
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'BYTES_403' }]);
    expect(programs.requests[3]?.args.slice(-2)).toEqual(['--', SCRIPTED_URL]);

    const twice = run(refused, refused);
    await expect(twice.ytDlp.download(call(), sink)).rejects.toMatchObject({ code: 'BYTES_403' });
    expect(twice.programs.requests).toHaveLength(4);
  });

  it('takes any format when none is as wished, once', async () => {
    const none: Script = { stderr: 'ERROR: [youtube] x: Requested format is not available.', code: 1 };
    const { ytDlp, programs } = run(none, success());
    await ytDlp.download(call(), sink);
    const formats = programs.requests.slice(2).map(({ args }) => args[args.indexOf('-f') + 1]);
    expect(formats[0]).toMatch(/^bv\*/);
    expect(formats[1]).toMatch(/^b\*/);
    await expect(run(none, none).ytDlp.download(call(), sink)).rejects.toMatchObject({ code: 'NO_FORMAT' });
  });

  it('goes on once with the part that is there when the bytes stop coming', async () => {
    const hanging: Script = {
      lines: [CHOSEN, PROGRESS],
      act: () => writeFile(join(workDir, 'source.info.json'), '{}'),
      hang: true,
    };
    const { ytDlp, programs } = run(hanging, success());
    await letTimePass(programs, ytDlp.download(call(), sink));
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'STALL' }]);
    expect(programs.requests[3]?.args.slice(-2)).toEqual(['--load-info-json', join(workDir, 'source.info.json')]);

    sink.tries.length = 0;
    const again = run(hanging, hanging);
    const downloading = letTimePass(again.programs, again.ytDlp.download(call(), sink));
    await expect(downloading).rejects.toMatchObject({ code: 'STALL' });
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'STALL' }]);
  });

  it.each<[string, string[], string[]]>([
    ['goes on with a part of a plain file', ['media.mp4.part'], ['media.mp4.part']],
    [
      'begins a medium in fragments anew, for nobody knows which ones have come',
      ['media.mp4.part', 'media.mp4.part-Frag4', 'media.mp4.ytdl'],
      [],
    ],
  ])('%s', async (_, left, found) => {
    const parts = join(workDir, 'tmp');
    const lost: Script = {
      act: async () => {
        await Promise.all(left.map((name) => writeFile(join(parts, name), 'x')));
      },
      stderr: 'ERROR: fragment 3 not found, unable to continue',
      code: 1,
    };
    const seen: string[] = [];
    const again = success();
    const looking: Script = {
      ...again,
      act: async (request) => {
        seen.push(...(await readdir(parts)));
        await again.act?.(request);
      },
    };
    await run(lost, looking).ytDlp.download(call(), sink);
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'STALL' }]);
    expect(seen).toEqual(found);
  });

  it('names the kind of each try that failed', async () => {
    const refused: Script = { stderr: 'ERROR: unable to download video data: HTTP Error 403: Forbidden', code: 1 };
    const broken: Script = {
      stderr: 'ERROR: [download] Got error: Read timed out. Giving up after 2 retries',
      code: 1,
    };
    const { ytDlp } = run(refused, broken, success());
    await ytDlp.download(call(), sink);
    expect(sink.tries).toEqual([
      { kind: 'first', errorCode: 'BYTES_403' },
      { kind: 'reextract', errorCode: 'STALL' },
    ]);
  });

  it('leaves a failing server alone for two seconds', async () => {
    const failing: Script = { stderr: 'ERROR: Unable to download webpage: HTTP Error 503: x', code: 1 };
    const { ytDlp, programs } = run(failing, success());
    const downloading = ytDlp.download(call(), sink);
    await vi.waitFor(() => {
      expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'UPSTREAM_5XX' }]);
    });
    expect(programs.requests).toHaveLength(3);
    clock.advance(2_000);
    await downloading;
    expect(programs.requests).toHaveLength(4);
  });

  it('lets a cancelled download go with the reason of its signal', async () => {
    const { ytDlp, programs } = run({ lines: [CHOSEN, PROGRESS], hang: true });
    const cancelling = new AbortController();
    const downloading = ytDlp.download(call({ signal: cancelling.signal }), sink);
    const reason = new Error('cancelled by its sender');
    await vi.waitFor(() => {
      expect(sink.steps).toHaveLength(1);
    });
    cancelling.abort(reason);
    await expect(downloading).rejects.toBe(reason);
    expect(sink.tries).toEqual([]);
    expect(programs.requests).toHaveLength(3);
  });

  it.each<[Wish, string, string]>([
    [{ quality: '720', kind: 'video' }, 'lang,res:720,vcodec:h264', 'bv*'],
    [{ quality: 'best', kind: 'audio' }, 'vcodec:h264,lang,res:1080', 'ba[ext=m4a]'],
  ])('asks the program for what is wished: %j', async (wish, order, formats) => {
    const { ytDlp, programs } = run({ stdout: '{"title": "A video"}' }, success());
    await ytDlp.probe(call({ wish }));
    await ytDlp.download(call({ wish }), sink);
    for (const { args } of programs.requests.slice(2)) {
      expect(args[args.indexOf('-S') + 1]).toBe(`${order},quality,fps,hdr:12,acodec:aac`);
      expect(args[args.indexOf('-f') + 1]?.startsWith(formats)).toBe(true);
    }
  });

  it('uses what the probe learnt a moment ago', async () => {
    const facts = '{"title": "A video", "duration": 12}';
    const { ytDlp, programs } = run({ stdout: facts }, success());
    expect(await ytDlp.probe(call())).toMatchObject({ title: 'A video', durationSec: 12 });
    await ytDlp.download(call(), sink);
    const infoFile = join(workDir, 'source.info.json');
    expect(programs.requests[3]?.args.slice(-2)).toEqual(['--load-info-json', infoFile]);
    expect(await readFile(infoFile, 'utf8')).toBe(facts);
  });
});

describe('YtDlpProvider.probe', () => {
  it('says why it failed', async () => {
    const { ytDlp } = run({ stdout: 'null\n', stderr: 'ERROR: [youtube] x: Private video', code: 1 });
    await expect(ytDlp.probe(call())).rejects.toMatchObject({ code: 'CONTENT_PRIVATE', message: 'Private video' });
  });

  it('takes an extraction that lasts a minute for a stall', async () => {
    const { ytDlp, programs } = run({ hang: true });
    await expect(letTimePass(programs, ytDlp.probe(call()))).rejects.toMatchObject({ code: 'STALL' });
  });
});

describe('YtDlpProvider.readiness', () => {
  const missing: Programs = { run: ({ file }) => Promise.reject(new ProgramStartError(file, 'not_found')) };

  it('tells the version of a complete installation', async () => {
    expect(await run().ytDlp.readiness()).toEqual({ ready: true, version: '2026.08.19', reason: undefined });
  });

  it('says that the program is not there, and fails every call with CONFIG', async () => {
    const ytDlp = provider(missing);
    expect(await ytDlp.readiness()).toEqual({ ready: false, reason: 'program yt-dlp is not there' });
    await expect(ytDlp.probe(call())).rejects.toMatchObject({ code: 'CONFIG' });
    await expect(ytDlp.download(call(), sink)).rejects.toMatchObject({ code: 'CONFIG' });
  });

  it('says that its folder cannot be made, and names no path', async () => {
    await writeFile(join(folder, 'file'), '');
    const ytDlp = new YtDlpProvider(
      { file: 'yt-dlp', denoPath: null, ffmpegDir: null, cacheDir: join(folder, 'file', 'cache') },
      new ScriptedPrograms([]),
      clock,
    );
    expect(await ytDlp.readiness()).toEqual({ ready: false, reason: 'the folder for its cache cannot be made' });
  });

  it('looks for ffmpeg where downloads will', async () => {
    const programs = new ScriptedPrograms(SELF_TEST);
    const paths = { file: 'yt-dlp', denoPath: null, ffmpegDir: '/opt/ffmpeg', cacheDir: join(folder, 'cache') };
    await new YtDlpProvider(paths, programs, clock).readiness();
    expect(programs.requests[1]?.args.slice(-2)).toEqual(['--ffmpeg-location', '/opt/ffmpeg']);
  });

  it('does not use a release whose options nobody knows', async () => {
    const ytDlp = provider(new ScriptedPrograms([{ stdout: '2021.12.01' }]));
    expect(await ytDlp.readiness()).toMatchObject({ ready: false, version: '2021.12.01' });
  });

  it('serves direct links only with an old release, without the options that it does not know', async () => {
    const programs = new ScriptedPrograms([{ stdout: '2025.06.30\n' }, success()]);
    const ytDlp = provider(programs);
    expect(await ytDlp.readiness()).toMatchObject({
      ready: true,
      version: '2025.06.30',
      platforms: ['direct'],
      reason: expect.stringContaining('2026.07.04') as string,
    });
    await expect(ytDlp.download(call(), sink)).rejects.toMatchObject({ code: 'CONFIG' });
    await ytDlp.download(call({ platform: 'direct' }), sink);
    expect(programs.requests[1]?.args).not.toContain('--js-runtimes');
  });

  it('sees a new version when it looks again', async () => {
    const programs = new ScriptedPrograms([{ stdout: '2025.06.30\n' }, ...SELF_TEST]);
    const ytDlp = provider(programs);
    expect(await ytDlp.readiness()).toMatchObject({ version: '2025.06.30' });
    expect(await ytDlp.readiness()).toMatchObject({ version: '2026.08.19' });
  });
});
