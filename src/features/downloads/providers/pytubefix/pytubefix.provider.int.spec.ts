import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { ProgramStartError } from '../../../../platform/programs/program.js';
import type { Programs } from '../program/programs.js';
import type { ProviderCall } from '../provider.js';
import { RecordingSink, SCRIPTED_URL, scriptedCall } from '../testing/provider-world.js';
import { type Script, ScriptedPrograms } from '../testing/scripted-programs.js';
import { PytubefixProvider } from './pytubefix.provider.js';

const PROXY = 'http://job:secret@127.0.0.1:1';

let folder: string;
let workDir: string;
let clock: ManualClock;
let sink: RecordingSink;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pytubefix-'));
  workDir = join(folder, 'job');
  await mkdir(workDir);
  clock = new ManualClock();
  sink = new RecordingSink();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const provider = (programs: Programs, ffmpeg: string | null = '/opt/ffmpeg') =>
  new PytubefixProvider({ python: '/opt/python', ffmpeg, cacheDir: join(folder, 'cache') }, programs, clock);

const run = (...scripts: Script[]) => {
  const programs = new ScriptedPrograms(scripts);
  return { programs, pytubefix: provider(programs) };
};

const call = (changes: Partial<ProviderCall> = {}) => scriptedCall({ workDir, proxyUrl: PROXY, ...changes });

const line = (event: string, values: object = {}) => JSON.stringify({ event, ...values });
const FACTS = line('facts', { title: 'A video', durationSec: 12, sizeBytes: 1_000, heights: [720, 360] });
const PROGRESS = line('progress', { bytes: 500, totalBytes: 1_000 });
const failed = (name: string, values: object = {}): Script => ({
  lines: [FACTS, line('error', { name, message: 'words', stage: 'bytes', status: null, ...values })],
  code: 1,
});
const refused = failed('HTTPError', { status: 403 });

function success(bytes = 1_000): Script {
  const path = () => join(workDir, 'out', 'media.mp4');
  return {
    lines: [FACTS, line('progress', { bytes: 0, totalBytes: 1_000 }), PROGRESS, line('file', { path: path() })],
    act: () => writeFile(path(), Buffer.alloc(bytes)),
  };
}

const requestIn = async () =>
  JSON.parse(await readFile(join(workDir, 'pytubefix.json'), 'utf8')) as Record<string, unknown>;

/** Lets time pass, but only while a program hangs. */
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

describe('PytubefixProvider.download', () => {
  it('is done when the runner ended well and its file is there', async () => {
    const { pytubefix, programs } = run(success());
    expect(await pytubefix.download(call(), sink)).toEqual({
      path: join(workDir, 'out', 'media.mp4'),
      title: 'A video',
      expectedDurationSec: 12,
      bytes: 1_000,
      ttfbMs: 0,
    });
    expect(sink.steps.at(-1)).toMatchObject({ bytes: 500, totalBytes: 1_000 });
    expect(sink.tries).toEqual([]);
    expect(programs.requests[0]).toMatchObject({
      file: '/opt/python',
      args: [join(__dirname, 'runner.py'), '--request', join(workDir, 'pytubefix.json')],
      cwd: workDir,
      niceness: 10,
      maxFileBytes: 2_200,
      env: { PYTHONDONTWRITEBYTECODE: '1', HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY, NODE_USE_ENV_PROXY: '1' },
    });
  });

  it('tells the runner what is wished in a file of its owner alone', async () => {
    const { pytubefix } = run(success());
    await pytubefix.download(call({ wish: { quality: '720', kind: 'audio' } }), sink);
    expect(await requestIn()).toEqual({
      task: 'download',
      url: SCRIPTED_URL,
      proxy: PROXY,
      quality: 720,
      kind: 'audio',
      maxBytes: 2_000,
      out: join(workDir, 'out'),
      temporary: join(workDir, 'tmp'),
      ffmpeg: '/opt/ffmpeg',
    });
    expect((await stat(join(workDir, 'pytubefix.json'))).mode & 0o777).toBe(0o600);
  });

  it.each<[string, string[], string]>([
    ['a video that is too long', [line('facts', { title: 't', durationSec: 61 })], 'CONTENT_TOO_LONG'],
    ['more bytes than allowed', [FACTS, line('progress', { bytes: 2_001, totalBytes: null })], 'CONTENT_TOO_LARGE'],
    ['a file outside its folder', [FACTS, line('file', { path: '/etc/hostname' })], 'PROVIDER_BUG'],
    ['no file at all', [FACTS, PROGRESS], 'PROVIDER_BUG'],
  ])('refuses %s', async (_, lines, code) => {
    await expect(run({ lines }).pytubefix.download(call(), sink)).rejects.toMatchObject({ code });
  });

  it('refuses a result that is larger than its parts were', async () => {
    await expect(run(success(2_001)).pytubefix.download(call(), sink)).rejects.toMatchObject({
      code: 'CONTENT_TOO_LARGE',
    });
  });

  it('asks the page once more when the bytes are refused, and forgets the parts', async () => {
    const part = join(workDir, 'tmp', '18.mp4');
    const seen: boolean[] = [];
    const looking = {
      ...success(),
      act: async () => {
        seen.push(
          await stat(part).then(
            () => true,
            () => false,
          ),
        );
        await writeFile(join(workDir, 'out', 'media.mp4'), Buffer.alloc(1_000));
      },
    };
    const { pytubefix } = run({ ...refused, act: () => writeFile(part, 'x') }, looking);
    await pytubefix.download(call(), sink);
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'BYTES_403' }]);
    expect(seen).toEqual([false]);

    const twice = run(refused, refused);
    await expect(twice.pytubefix.download(call(), sink)).rejects.toMatchObject({ code: 'BYTES_403' });
    expect(twice.programs.requests).toHaveLength(2);
  });

  it('goes on once with the part that is there when the bytes stop coming', async () => {
    const hanging: Script = {
      lines: [FACTS, PROGRESS],
      act: () => writeFile(join(workDir, 'tmp', '18.mp4'), 'x'),
      hang: true,
    };
    const { pytubefix, programs } = run(hanging, success());
    await letTimePass(programs, pytubefix.download(call(), sink));
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'STALL' }]);
    expect(await readFile(join(workDir, 'tmp', '18.mp4'), 'utf8')).toBe('x');

    const again = run(hanging, hanging);
    await expect(letTimePass(again.programs, again.pytubefix.download(call(), sink))).rejects.toMatchObject({
      code: 'STALL',
    });
  });

  it.each<[string, Script, string]>([
    ['another provider', failed('BotDetection'), 'BLOCK_IP'],
    ['nobody', failed('VideoPrivate'), 'CONTENT_PRIVATE'],
    ['another provider', failed('NoStream'), 'NO_FORMAT'],
    ['another provider', { stderr: 'Traceback …\nMemoryError', code: 1 }, 'PROVIDER_BUG'],
  ])('leaves it to %s after one try', async (_, script, code) => {
    const { pytubefix, programs } = run(script);
    await expect(pytubefix.download(call(), sink)).rejects.toMatchObject({ code });
    expect(programs.requests).toHaveLength(1);
  });

  it('lets a cancelled download go with the reason of its signal', async () => {
    const cancelling = new AbortController();
    const reason = new Error('cancelled by its sender');
    const { pytubefix, programs } = run({ lines: [FACTS, PROGRESS], hang: true });
    const downloading = pytubefix.download(call({ signal: cancelling.signal }), sink);
    await vi.waitFor(() => {
      expect(programs.hanging).toBe(true);
    });
    cancelling.abort(reason);
    await expect(downloading).rejects.toBe(reason);
    expect(sink.tries).toEqual([]);
  });
});

describe('PytubefixProvider.probe', () => {
  it('tells the facts and the heights', async () => {
    const { pytubefix } = run({ lines: [FACTS] });
    expect(await pytubefix.probe(call())).toEqual({
      title: 'A video',
      durationSec: 12,
      sizeBytes: 1_000,
      width: null,
      height: null,
      isLive: false,
      ageLimit: null,
      heights: [720, 360],
    });
    expect(await requestIn()).toMatchObject({ task: 'probe', quality: null });
  });

  it('says why it failed', async () => {
    const { pytubefix } = run({ lines: [line('error', { name: 'LiveStreamError', message: 'x' })], code: 1 });
    await expect(pytubefix.probe(call())).rejects.toMatchObject({ code: 'CONTENT_LIVE' });
    await expect(run({}).pytubefix.probe(call())).rejects.toMatchObject({ code: 'PROVIDER_BUG' });
  });

  it('takes an extraction that lasts a minute for a stall', async () => {
    const { pytubefix, programs } = run({ hang: true });
    await expect(letTimePass(programs, pytubefix.probe(call()))).rejects.toMatchObject({ code: 'STALL' });
  });
});

describe('PytubefixProvider.readiness', () => {
  it('tells the version, and that it is for YouTube', async () => {
    const { pytubefix, programs } = run({ stdout: `${line('ready', { version: '11.2.1' })}\n` });
    expect(await pytubefix.readiness()).toEqual({
      ready: true,
      version: '11.2.1',
      platforms: ['youtube', 'youtube_shorts'],
    });
    expect(programs.requests[0]?.args).toEqual([join(__dirname, 'runner.py'), '--check']);
  });

  it('goes on without ffmpeg, with less', async () => {
    const programs = new ScriptedPrograms([{ stdout: line('ready', { version: '11.2.1' }) }]);
    expect(await provider(programs, null).readiness()).toMatchObject({
      ready: true,
      reason: expect.stringContaining('ffmpeg') as string,
    });
  });

  it.each<[string, Script, string]>([
    [
      'the package',
      { stdout: line('error', { name: 'ModuleNotFoundError', message: "No module named 'pytubefix'" }), code: 1 },
      "pytubefix: No module named 'pytubefix'",
    ],
    [
      'its own words',
      { stderr: 'SyntaxError: invalid syntax\n', code: 1 },
      'Python cannot run pytubefix: SyntaxError: invalid syntax',
    ],
  ])('is not ready without %s', async (_, script, reason) => {
    expect(await run(script).pytubefix.readiness()).toEqual({ ready: false, reason });
  });

  it('is not ready without Python', async () => {
    const missing: Programs = { run: ({ file }) => Promise.reject(new ProgramStartError(file, 'not_found')) };
    expect(await provider(missing).readiness()).toEqual({ ready: false, reason: 'there is no Python' });
  });
});
