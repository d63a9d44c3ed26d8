import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SystemClock } from '../../../../platform/clock/clock.js';
import { UndiciHttpClient } from '../../../../platform/http/index.js';
import type { ProviderSetup } from '../provider.js';
import { ProviderWorld, RecordingSink } from '../testing/provider-world.js';
import { type ApiAnswer, ScriptedApi } from '../testing/scripted-api.js';
import { RapidapiProvider } from './rapidapi.provider.js';

const film = Buffer.concat([Buffer.from('\0\0\0\x20ftypisom', 'latin1'), randomBytes(50_000)]);
const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(20_000)]);
const link = {
  platform: 'instagram',
  mediaKey: 'instagram:C3x',
  canonicalUrl: 'https://www.instagram.com/p/C3x/',
} as const;

const clock = new SystemClock();
const http = new UndiciHttpClient(clock);
const provider = new RapidapiProvider(http, clock);

/** The API and the host of its files. */
let api: ScriptedApi;
let world: ProviderWorld;
let setup: ProviderSetup;
let answer: ApiAnswer;
let files: Record<string, ApiAnswer>;

beforeAll(async () => {
  api = await ScriptedApi.start(({ url }) => {
    return url.pathname === '/v1/social/autolink' ? answer : (files[url.pathname] ?? { status: 404, body: '' });
  });
  world = await ProviderWorld.create(new URL(api.url).host);
});

beforeEach(() => {
  api.questions.length = 0;
  setup = { name: 'rapidapi', baseUrl: api.url, apiHost: null, apiKey: 'secret', options: {} };
  files = {
    '/film.mp4': { headers: { 'content-type': 'video/mp4' }, body: film },
    '/photo.jpg': { headers: { 'content-type': 'image/jpeg' }, body: photo },
    '/page.jpg': { headers: { 'content-type': 'image/jpeg' }, body: '<html>' },
  };
});

afterAll(async () => {
  await world.destroy();
  await api.stop();
  await http.close();
});

const medium = (path: string, type = 'video') => ({
  url: api.url + path,
  type,
  extension: path.split('.').at(-1),
  quality: 'original',
});

async function run(media: object[], type = 'single', stallMs = 10_000) {
  answer = { body: { title: 'A post', type, medias: media } };
  const sink = new RecordingSink();
  const call = await world.call(link.canonicalUrl, { link, setup, stallMs });
  return { call, sink, result: provider.download(call, sink) };
}

describe('RapidapiProvider', () => {
  it('asks with its key, which nobody else gets to see', async () => {
    const { result, sink } = await run([medium('/film.mp4')]);
    const media = await result;
    expect((await readFile(media.path)).equals(film)).toBe(true);
    expect(media).toMatchObject({ title: 'A post', bytes: film.length });
    expect(media.album).toBeUndefined();
    expect(sink.charges).toEqual([1]);
    const [asked, fetched] = api.questions;
    expect(asked).toMatchObject({
      method: 'POST',
      body: JSON.stringify({ url: link.canonicalUrl }),
      headers: {
        'content-type': 'application/json',
        'x-rapidapi-key': 'secret',
        'x-rapidapi-host': new URL(api.url).host,
      },
    });
    expect(JSON.stringify(fetched)).not.toMatch(/rapidapi|secret/);
  });

  it('fetches all of a carousel, each file to its own place', async () => {
    const { result, call, sink } = await run(
      [medium('/photo.jpg', 'image'), medium('/film.mp4'), medium('/photo.jpg', 'image')],
      'multiple',
    );
    const media = await result;
    expect(media.album).toEqual([
      { path: join(call.workDir, '1', 'photo.jpg'), kind: 'photo', bytes: photo.length },
      { path: join(call.workDir, '2', 'media.mp4'), kind: 'video', bytes: film.length },
      { path: join(call.workDir, '3', 'photo.jpg'), kind: 'photo', bytes: photo.length },
    ]);
    expect(media).toMatchObject({ path: media.album?.[0]?.path, bytes: 2 * photo.length + film.length });
    expect((await readFile(media.path)).equals(photo)).toBe(true);
    const steps = sink.steps.map(({ bytes }) => bytes);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(media.bytes);
  });

  it('fetches a photo', async () => {
    const { result } = await run([medium('/photo.jpg', 'image')]);
    expect((await result).album).toMatchObject([{ kind: 'photo', bytes: photo.length }]);
  });

  it('says what it means when one of the files cannot be had', async () => {
    const lost = await run([medium('/photo.jpg', 'image'), medium('/lost.jpg', 'image')], 'multiple');
    await expect(lost.result).rejects.toMatchObject({ code: 'PROVIDER_BUG' });
    const page = await run([medium('/page.jpg', 'image')]);
    await expect(page.result).rejects.toMatchObject({ code: 'PROVIDER_BUG' });
    const inside = await run([{ ...medium('/x.jpg', 'image'), url: 'http://169.254.169.254/x.jpg' }]);
    await expect(inside.result).rejects.toMatchObject({ code: 'PROVIDER_BUG' });
    expect(inside.call.session.refused()).toContain('linkLocal');
  });

  it('asks for a photo that stalls once more', async () => {
    files['/photo.jpg'] = 'silent';
    const { result, sink } = await run([medium('/photo.jpg', 'image')], 'single', 1_000);
    await expect(result).rejects.toMatchObject({ code: 'STALL' });
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'STALL' }]);
    expect(api.questions).toHaveLength(3);
  });

  it('is not asked, and so not paid, twice', async () => {
    files['/film.mp4'] = { status: 403, body: '' };
    const { result, sink } = await run([medium('/film.mp4')]);
    await expect(result).rejects.toMatchObject({ code: 'BYTES_403' });
    expect(sink.charges).toEqual([1]);
    expect(api.questions).toHaveLength(2);
  });

  it.each([
    [{ error: true, message: 'This post is private' }, 'CONTENT_PRIVATE'],
    [{ message: 'The video is too long' }, 'CONTENT_TOO_LONG'],
    [{ title: 'x', medias: [], error: false }, 'PROVIDER_BUG'],
  ])('is charged nothing for %j: %s', async (body, code) => {
    answer = { body, headers: { 'x-ratelimit-requests-remaining': '41' } };
    const sink = new RecordingSink();
    const call = await world.call(link.canonicalUrl, { link, setup });
    await expect(provider.download(call, sink)).rejects.toMatchObject({ code, reportedBy: 'api' });
    expect(sink.charges).toEqual([]);
    expect(sink.quotas).toEqual([{ limit: null, remaining: 41, resetAt: null }]);
  });
});
