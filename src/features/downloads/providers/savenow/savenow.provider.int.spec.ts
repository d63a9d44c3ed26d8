import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SystemClock } from '../../../../platform/clock/clock.js';
import { UndiciHttpClient } from '../../../../platform/http/index.js';
import { type ProviderSetup, Waiting } from '../provider.js';
import { ProviderWorld, RecordingSink } from '../testing/provider-world.js';
import { runDownload } from '../testing/run-download.js';
import { type ApiAnswer, ScriptedApi } from '../testing/scripted-api.js';
import { SavenowProvider } from './savenow.provider.js';

const HOUR = 3_600;
const film = Buffer.concat([Buffer.from('\0\0\0\x20ftypisom', 'latin1'), randomBytes(50_000)]);
const link = {
  platform: 'youtube',
  mediaKey: 'youtube:dQw4w9WgXcQ',
  canonicalUrl: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
} as const;

const clock = new SystemClock();
const http = new UndiciHttpClient(clock);
const provider = new SavenowProvider(http, clock);

/** The API and the host of its files. */
let api: ScriptedApi;
let world: ProviderWorld;
let setup: ProviderSetup;
let order: ApiAnswer;
let progress: ApiAnswer[];
let file: ApiAnswer[];

beforeAll(async () => {
  const next = (answers: ApiAnswer[]) => (answers.length > 1 ? answers.shift()! : answers[0]!);
  api = await ScriptedApi.start(({ url }) => {
    if (url.pathname === '/ajax/download.php') return order;
    return url.pathname === '/api/progress' ? next(progress) : next(file);
  });
  world = await ProviderWorld.create(new URL(api.url).host);
});

beforeEach(() => {
  api.questions.length = 0;
  setup = { name: 'savenow', baseUrl: api.url, apiHost: 'real.p.rapidapi.com', apiKey: 'secret', options: {} };
  order = { body: { success: true, id: 'v2', progress_url: `${api.url}/api/progress?id=v2`, title: 'A film' } };
  progress = [done()];
  file = [{ headers: { 'content-type': 'video/mp4' }, body: film }];
});

afterAll(async () => {
  await world.destroy();
  await api.stop();
  await http.close();
});

const done = (path = '/pack//a.mp4'): ApiAnswer => ({
  body: { success: 1, progress: 1_000, text: 'Finished', download_url: api.url + path },
});

const asked = (pathname: string) => api.questions.filter(({ url }) => url.pathname === pathname);

async function call(wishes: Parameters<ProviderWorld['call']>[1] = {}) {
  const opened = await world.call(link.canonicalUrl, { link, setup, ...wishes });
  return { ...opened, limits: { ...opened.limits, maxDurationSec: 10 * HOUR } };
}

async function run(wishes: Parameters<ProviderWorld['call']>[1] = {}) {
  const sink = new RecordingSink();
  const media = await runDownload(provider, await call(wishes), sink);
  return { sink, media };
}

describe('SavenowProvider', () => {
  it('orders at RapidAPI with headers, and takes them nowhere else', async () => {
    progress = [{ body: { success: 0, progress: 50, text: 'Preparing streaming download' } }, done()];
    const { sink, media } = await run();
    expect((await readFile(media.path)).equals(film)).toBe(true);
    expect(media.title).toBe('A film');
    expect(sink.charges).toEqual([1]);
    const [ordered, ...others] = api.questions;
    expect(ordered?.method).toBe('GET');
    expect(ordered?.headers).toMatchObject({ 'x-rapidapi-key': 'secret', 'x-rapidapi-host': 'real.p.rapidapi.com' });
    expect(Object.fromEntries(ordered?.url.searchParams ?? [])).toEqual({
      format: '1080',
      url: link.canonicalUrl,
      add_info: '1',
    });
    expect(others.map(({ url }) => url.pathname)).toEqual(['/api/progress', '/api/progress', '/pack//a.mp4']);
    for (const { headers, url } of others) expect(JSON.stringify([headers, url])).not.toMatch(/rapidapi|secret/);
  });

  it.each(['video-download-api', 'youtube-download-api'] as const)(
    'orders as %s with a key in the query',
    async (name) => {
      const direct = new SavenowProvider(http, clock, name);
      expect(direct.name).toBe(name);
      await runDownload(direct, await call(), new RecordingSink());
      const [ordered, ...others] = api.questions;
      expect(ordered?.url.searchParams.get('apikey')).toBe('secret');
      expect(ordered?.headers).not.toHaveProperty('x-rapidapi-key');
      for (const { headers, url } of others) expect(JSON.stringify([headers, url])).not.toContain('secret');
    },
  );

  it('waits without holding a worker, and goes on with the same job after a death', async () => {
    const sink = new RecordingSink();
    const waiting: unknown = await provider.download(await call(), sink).catch((error: unknown) => error);
    expect(waiting).toBeInstanceOf(Waiting);
    const { resume, afterMs } = waiting as Waiting;
    expect(afterMs).toBe(5_000);
    expect(sink.charges).toEqual([]);
    const heir = new SavenowProvider(http, clock);
    const kept = JSON.parse(JSON.stringify(resume)) as Waiting['resume'];
    await heir.download(await call({ resume: kept }), sink);
    await heir.download(await call({ resume: kept }), new RecordingSink());
    expect(asked('/ajax/download.php')).toHaveLength(1);
    expect(sink.charges).toEqual([1]);
  });

  it.each<[string, ApiAnswer]>([
    ['breaks off', 'broken'],
    ['fails', { status: 503, body: {} }],
  ])('does not order a second time when the door %s', async (_, answer) => {
    order = answer;
    await expect(run()).rejects.toMatchObject({ code: 'UPSTREAM_5XX', reportedBy: 'api' });
    expect(asked('/ajax/download.php')).toHaveLength(1);
  });

  it('takes what is there at once', async () => {
    order = { body: { success: 1, progress: 1_000, download_url: `${api.url}/a.mp4`, info: { title: 'Known' } } };
    const { sink, media } = await run();
    expect(media.title).toBe('Known');
    expect(sink.charges).toEqual([1]);
    expect(asked('/api/progress')).toEqual([]);
  });

  it('knows a job by its id alone', async () => {
    order = { body: { id: 'v 2' } };
    await run();
    expect(asked('/api/progress')[0]?.url.searchParams.get('id')).toBe('v 2');
  });

  it.each(['http://127.0.0.1:9/api/progress', 'http://p.savenow.to/api', 'https://evil.example/api', 'file:///x'])(
    'does not watch a job at %s',
    async (progress_url) => {
      order = { body: { success: true, id: 'v2', progress_url } };
      await expect(run()).rejects.toMatchObject({ code: 'PROVIDER_BUG', reportedBy: 'api' });
      expect(api.questions).toHaveLength(1);
    },
  );

  it('asks for long videos explicitly, at their price', async () => {
    const { sink } = await run({ durationSec: 2 * HOUR });
    expect(asked('/ajax/download.php')[0]?.url.searchParams.get('allow_extended_duration')).toBe('1');
    expect(sink.charges).toEqual([3]);
    expect([provider.costFactor(60), provider.costFactor(4 * HOUR)]).toEqual([1, 5]);
  });

  it('takes nothing over 5 hours, or over what the operator allows', async () => {
    await expect(run({ durationSec: 5 * HOUR + 1 })).rejects.toMatchObject({ code: 'CONTENT_TOO_LONG' });
    setup = { ...setup, options: { maxDurationSec: 600 } };
    await expect(run({ durationSec: 601 })).rejects.toMatchObject({ code: 'CONTENT_TOO_LONG' });
    expect(api.questions).toEqual([]);
  });

  it.each([
    ['Video unavailable', 'CONTENT_GONE'],
    ['The video is too long', 'CONTENT_TOO_LONG'],
    ['Invalid API key', 'CONFIG'],
    ['Nobody knows', 'PROVIDER_BUG'],
  ])('says what a refused order means: %s', async (text, code) => {
    order = { body: { success: false, text } };
    const sink = new RecordingSink();
    await expect(provider.download(await call(), sink)).rejects.toMatchObject({ code, reportedBy: 'api' });
    expect(sink.charges).toEqual([]);
  });

  it('tells the quota of every answer, and waits for its end', async () => {
    const headers = {
      'x-ratelimit-requests-remaining': '900',
      'x-ratelimit-units-limit': '100000',
      'x-ratelimit-units-remaining': '0',
      'x-ratelimit-units-reset': '3600',
    };
    const words = 'You have exceeded the MONTHLY quota for Units on your current plan, PRO.';
    order = { status: 429, headers, body: { message: words } };
    const sink = new RecordingSink();
    const error: unknown = await provider.download(await call(), sink).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'QUOTA', reportedBy: 'api', retryAfterSec: 3_600 });
    expect(sink.quotas).toMatchObject([{ limit: 100_000, remaining: 0 }]);
    const resetInMs = Date.parse(sink.quotas[0]?.resetAt ?? '') - clock.now().getTime();
    expect(Math.abs(resetInMs - 3_600_000)).toBeLessThan(10_000);
  });

  it('asks for the address once more when the bytes are refused', async () => {
    file = [
      { status: 403, body: 'no' },
      { headers: { 'content-type': 'video/mp4' }, body: film },
    ];
    progress = [done('/old.mp4'), done('/new.mp4')];
    const { sink } = await run();
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'BYTES_403' }]);
    expect(sink.charges).toEqual([1]);
    expect(asked('/new.mp4')).toHaveLength(1);
    expect(asked('/ajax/download.php')).toHaveLength(1);
  });

  it.each<[string, ApiAnswer, string]>([
    ['a dead link', { status: 404, body: 'gone' }, 'PROVIDER_BUG'],
    ['nothing', { headers: { 'content-type': 'video/mp4' }, body: '' }, 'PROVIDER_BUG'],
    ['a page', { body: '<html>Please wait</html>' }, 'PROVIDER_BUG'],
  ])('takes %s for no video', async (_, answer, code) => {
    file = [answer];
    await expect(run()).rejects.toMatchObject({ name: 'ProviderError', code });
  });
});
