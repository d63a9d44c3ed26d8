import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SystemClock } from '../../../../platform/clock/clock.js';
import { UndiciHttpClient } from '../../../../platform/http/index.js';
import type { Wish } from '../provider.js';
import { ProviderWorld, RecordingSink } from '../testing/provider-world.js';
import { type ApiAnswer, ScriptedApi } from '../testing/scripted-api.js';
import { CobaltProvider } from './cobalt.provider.js';

const film = Buffer.concat([Buffer.from('\0\0\0\x20ftypisom', 'latin1'), randomBytes(50_000)]);
const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(20_000)]);
const link = {
  platform: 'tiktok',
  mediaKey: 'tiktok:7300000000000000000',
  canonicalUrl: 'https://www.tiktok.com/@_/video/7300000000000000000',
} as const;
const KEYS = ['url', 'videoQuality', 'filenameStyle', 'localProcessing', 'downloadMode', 'audioFormat'];

const clock = new SystemClock();
const http = new UndiciHttpClient(clock);
const provider = new CobaltProvider(http, clock);

/** The instance and the host of its tunnels. */
let api: ScriptedApi;
let world: ProviderWorld;
let answers: ApiAnswer[];
let files: Record<string, ApiAnswer>;

beforeAll(async () => {
  api = await ScriptedApi.start(({ method, url, headers, body }) => {
    if (method !== 'POST') return files[url.pathname] ?? { status: 404, body: '' };
    const isJson = [headers.accept, headers['content-type']].every((type) => type === 'application/json');
    const keys = Object.keys(JSON.parse(body) as object);
    if (!isJson || Buffer.byteLength(body) > 1_024 || keys.some((key) => !KEYS.includes(key))) {
      return { status: 400, body: { status: 'error', error: { code: 'error.api.invalid_body' } } };
    }
    return answers.length > 1 ? answers.shift()! : answers[0]!;
  });
  world = await ProviderWorld.create(new URL(api.url).host);
});

beforeEach(() => {
  api.questions.length = 0;
  files = {
    '/tunnel': { headers: { 'content-type': 'video/mp4', 'estimated-content-length': '60000' }, body: film },
    '/photo': { headers: { 'content-type': 'image/jpeg' }, body: photo },
    '/empty': { headers: { 'content-type': 'video/mp4' }, body: '' },
    '/refused': { status: 403, body: '' },
  };
  answers = [to('/tunnel')];
});

afterAll(async () => {
  await world.destroy();
  await api.stop();
  await http.close();
});

const to = (path: string, status = 'tunnel'): ApiAnswer => ({
  body: { status, url: api.url + path, filename: 'A film - Somebody (1080p, h264).mp4' },
});

async function run({ apiKey, kind = 'video' }: { apiKey?: string; kind?: Wish['kind'] } = {}) {
  const setup = { name: 'cobalt', baseUrl: api.url, apiHost: null, apiKey: apiKey ?? null, options: {} };
  const call = await world.call(link.canonicalUrl, { link, setup, wish: { quality: '720', kind }, durationSec: 12 });
  const sink = new RecordingSink();
  return { sink, result: provider.download(call, sink) };
}

describe('CobaltProvider', () => {
  it.each(['tunnel', 'redirect'])('fetches what a %s leads to, without its key', async (status) => {
    answers = [to('/tunnel', status)];
    const media = await (await run({ apiKey: 'secret' })).result;
    expect((await readFile(media.path)).equals(film)).toBe(true);
    expect(media).toMatchObject({ title: 'A film - Somebody', expectedDurationSec: 12 });
    const [asked, fetched] = api.questions;
    expect(asked?.headers.authorization).toBe('Api-Key secret');
    expect(JSON.parse(asked?.body ?? '')).toMatchObject({ url: link.canonicalUrl, videoQuality: '720' });
    expect(fetched?.method).toBe('GET');
    expect(JSON.stringify(fetched)).not.toContain('secret');
  });

  it('asks an instance without keys without one, and for sound alone', async () => {
    await (
      await run({ kind: 'audio' })
    ).result;
    expect(api.questions[0]?.headers).not.toHaveProperty('authorization');
    expect(JSON.parse(api.questions[0]?.body ?? '')).toMatchObject({ downloadMode: 'audio', audioFormat: 'mp3' });
  });

  it('fetches all that there is to pick', async () => {
    const picker = [
      { type: 'photo', url: `${api.url}/photo` },
      { type: 'video', url: `${api.url}/tunnel` },
    ];
    answers = [{ body: { status: 'picker', picker } }];
    const media = await (await run()).result;
    expect(media.album).toMatchObject([
      { kind: 'photo', bytes: photo.length },
      { kind: 'video', bytes: film.length },
    ]);
  });

  it('fails with an empty tunnel, and with one that is over', async () => {
    answers = [to('/empty')];
    await expect((await run()).result).rejects.toMatchObject({ code: 'PROVIDER_BUG' });
    answers = [to('/expired')];
    await expect((await run()).result).rejects.toMatchObject({ code: 'PROVIDER_BUG' });
  });

  it('asks once more when the bytes are refused', async () => {
    answers = [to('/refused'), to('/tunnel')];
    const { result, sink } = await run();
    expect((await result).bytes).toBe(film.length);
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'BYTES_403' }]);
    expect(sink.charges).toEqual([]);
  });

  it('passes on how long it wants to be left alone', async () => {
    const error = { code: 'error.api.rate_exceeded', context: { limit: 60 } };
    answers = [{ status: 429, body: { status: 'error', error } }];
    const refused = { code: 'HTTP_429', retryAfterSec: 60, reportedBy: 'api' };
    await expect((await run()).result).rejects.toMatchObject(refused);
  });
});
