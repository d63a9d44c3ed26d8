import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

const YOUTUBE = 'https://www.youtube.com/watch?v=jNQXAC9IVRw';
const REEL = 'https://www.instagram.com/p/fA9uwTtkSN/';

const JSON_HEADERS = { accept: 'application/json', 'content-type': 'application/json' };

interface Reply {
  status: string;
  url?: string;
  filename?: string;
  error?: { code: string; context?: { limit?: number; service?: string } };
  picker?: { type: string; url: string }[];
  tunnel?: string[];
}

describe('the stand-in of cobalt', () => {
  const clock = new ManualClock();
  let test: TestSandbox;

  beforeAll(async () => {
    test = await startTestSandbox({ clock });
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${test.sandbox.apis.cobalt ?? ''}/`, {
      method: 'POST',
      headers: { ...JSON_HEADERS, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const reply = async (body: unknown, headers?: Record<string, string>): Promise<Reply> =>
    (await (await post(body, headers)).json()) as Reply;

  const code = async (body: unknown, headers?: Record<string, string>): Promise<string | undefined> =>
    (await reply(body, headers)).error?.code;

  const script = (behaviour: string, options = {}) =>
    test.control.scriptApi({ api: 'cobalt', behaviour, times: 1, ...options });

  it('says about itself what health checks ask', async () => {
    expect(await (await fetch(`${test.sandbox.apis.cobalt ?? ''}/`)).json()).toMatchObject({
      cobalt: {
        version: '11.7.1',
        startTime: String(Date.UTC(2026, 0, 1)),
        services: expect.arrayContaining(['tiktok']) as string[],
      },
      git: { commit: 'a636575' },
    });
  });

  it('digs a tunnel for YouTube, and sends others to the medium itself', async () => {
    const tunnel = await reply({ url: YOUTUBE, videoQuality: '720', localProcessing: 'disabled' });
    expect(tunnel).toMatchObject({ status: 'tunnel', filename: 'youtube_jNQXAC9IVRw.mp4' });
    expect(new URL(tunnel.url ?? '')).toMatchObject({ host: test.sandbox.mediaHost, pathname: '/tunnel' });

    const redirect = await reply({ url: REEL });
    expect(redirect).toMatchObject({ status: 'redirect' });
    expect(new URL(redirect.url ?? '')).toMatchObject({ host: test.sandbox.mediaHost, pathname: '/ok.mp4' });
    expect(await reply({ url: REEL, alwaysProxy: true })).toMatchObject({ status: 'tunnel' });
  });

  it('gives sound alone or pictures alone when that is wanted', async () => {
    await test.control.scriptApi({ api: 'cobalt', behaviour: 'redirect' });
    const path = async (wish: object): Promise<string> =>
      new URL((await reply({ url: YOUTUBE, ...wish })).url ?? '').pathname;
    expect(await path({ downloadMode: 'audio' })).toBe('/sound.mp3');
    expect(await path({ downloadMode: 'audio', audioFormat: 'best' })).toBe('/sound.m4a');
    expect(await path({ downloadMode: 'mute' })).toBe('/noaudio.mp4');
  });

  describe('a tunnel', () => {
    const dig = async (options = {}): Promise<string> => {
      await script('tunnel', options);
      return (await reply({ url: YOUTUBE })).url ?? '';
    };
    const status = async (url: string): Promise<number> => {
      const response = await fetch(url);
      await response.body?.cancel();
      return response.status;
    };

    it('can be looked into, and leads to the medium once', async () => {
      const url = await dig();
      const probe = await fetch(`${url}&p=1`);
      expect([probe.status, await probe.text()]).toEqual([200, '']);

      const media = await fetch(url, { headers: { range: 'bytes=0-9' } });
      const bytes = await media.arrayBuffer();
      expect(media.status).toBe(200);
      expect(media.headers.get('content-length')).toBe(String(bytes.byteLength));
      expect(media.headers.get('content-disposition')).toBe('attachment; filename="youtube_jNQXAC9IVRw.mp4"');
      expect(await status(url)).toBe(404);
    });

    it('may only guess how much is to come', async () => {
      const media = await fetch(await dig({ how: 'estimated' }));
      const bytes = await media.arrayBuffer();
      expect(media.headers.get('content-length')).toBeNull();
      expect(media.headers.get('estimated-content-length')).toBe(String(bytes.byteLength));
    });

    it('is closed after 90 seconds', async () => {
      const [early, late] = [await dig(), await dig()];
      clock.advance(89_999);
      expect(await status(early)).toBe(200);
      clock.advance(1);
      expect(await status(late)).toBe(404);
      await script('expiredTunnel');
      expect(await status((await reply({ url: YOUTUBE })).url ?? '')).toBe(404);
    });

    it('opens to nobody who made its address up', async () => {
      const url = new URL(await dig());
      url.searchParams.set('sig', 'x'.repeat(43));
      expect(await status(url.href)).toBe(401);
      url.searchParams.delete('sec');
      expect(await status(url.href)).toBe(400);
    });

    it.each([
      ['emptyFile', 200],
      ['mediaGone', 404],
      ['mediaForbidden', 403],
    ])('may lead to a medium that is %s', async (behaviour, expected) => {
      const response = await fetch(await dig({ behaviour }));
      expect([response.status, (await response.text()).length < 100]).toEqual([expected, true]);
    });

    it('may lead where the script says', async () => {
      await script('ok', { sample: 'big.mp4?mb=3' });
      const { url = '' } = await reply({ url: YOUTUBE });
      const response = await fetch(url);
      expect((await response.arrayBuffer()).byteLength).toBe(3 * 1024 * 1024);
    });
  });

  it('offers several files to pick from, or parts to put together', async () => {
    await script('picker');
    const { picker } = await reply({ url: REEL });
    expect(picker?.map(({ type }) => type)).toEqual(['photo', 'photo', 'video']);
    await script('localProcessing');
    expect(await reply({ url: YOUTUBE })).toMatchObject({
      status: 'local-processing',
      type: 'merge',
      tunnel: [expect.stringContaining('/tunnel?'), expect.stringContaining('/tunnel?')] as unknown[],
      output: { type: 'video/mp4' },
    });
  });

  it('takes JSON alone, to the letter', async () => {
    const wrong = 'error.api.header.accept';
    expect(await code({ url: YOUTUBE }, { accept: '*/*' })).toBe(wrong);
    expect(await code({ url: YOUTUBE }, { accept: 'application/json, text/plain' })).toBe(wrong);
    expect(await code({ url: YOUTUBE }, { 'content-type': 'text/plain' })).toBe('error.api.header.content_type');
    const exact = { accept: 'application/json; charset=utf-8', 'content-type': 'application/json; charset=utf-8' };
    expect(await reply({ url: YOUTUBE }, exact)).toMatchObject({ status: 'tunnel' });
  });

  it.each([
    ['a word too many', { url: YOUTUBE, vQuality: '720' }, 'invalid_body'],
    ['a number for a text', { url: YOUTUBE, videoQuality: 720 }, 'invalid_body'],
    ['a text for a flag', { url: YOUTUBE, alwaysProxy: 'true' }, 'invalid_body'],
    ['no JSON', '{"url":', 'invalid_body'],
    ['a list', [YOUTUBE], 'invalid_body'],
    ['more than 1024 bytes', { url: `${YOUTUBE}&x=${'y'.repeat(1024)}` }, 'invalid_body'],
    ['no link', {}, 'link.missing'],
    ['no address', { url: 'hello' }, 'link.invalid'],
    ['another site', { url: 'https://example.com/' }, 'service.unsupported'],
  ])('refuses %s', async (_what, body, expected) => {
    expect(await code(body)).toBe(`error.api.${expected}`);
  });

  it('refuses a key that is no UUID, as 400', async () => {
    expect((await post({ url: YOUTUBE }, { authorization: 'Api-Key x' })).status).toBe(400);
    expect(await code({ url: YOUTUBE }, { authorization: 'Api-Key x' })).toBe('error.api.auth.key.invalid');
    const authorization = 'Api-Key 123e4567-e89b-12d3-a456-426614174000';
    expect(await reply({ url: YOUTUBE }, { authorization })).toMatchObject({ status: 'tunnel' });
  });

  it('counts calls, tells so, and stops after twenty in a minute', async () => {
    const first = await post({ url: YOUTUBE });
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'ratelimit-policy': '20;w=60',
      'ratelimit-limit': '20',
      'ratelimit-remaining': '19',
      'ratelimit-reset': '60',
    });
    const unfit = await post({ url: YOUTUBE, more: 1 });
    expect(unfit.headers.get('ratelimit-remaining')).toBe('18');
    await test.control.setApiQuota('cobalt', { remaining: 0 });
    clock.advance(20_000);
    const refused = await post({ url: YOUTUBE });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40']);
    expect(await refused.json()).toEqual({
      status: 'error',
      error: { code: 'error.api.rate_exceeded', context: { limit: 60 } },
    });
    clock.advance(40_000);
    expect((await post({ url: YOUTUBE })).status).toBe(200);
  });

  it.each([
    ['error', { code: 'youtube.login' }, 400, 'youtube.login'],
    ['error', {}, 400, 'fetch.fail'],
    ['error', { code: 'fetch.critical.core' }, 500, 'fetch.critical.core'],
    ['private', {}, 400, 'content.video.private'],
    ['age', {}, 400, 'content.video.age'],
    ['live', {}, 400, 'content.video.live'],
    ['unavailable', {}, 400, 'content.video.unavailable'],
    ['keyRefused', {}, 400, 'auth.key.not_found'],
    ['rate', {}, 429, 'rate_exceeded'],
  ])('is %s (%o)', async (behaviour, options, status, expected) => {
    await script(behaviour, options);
    const response = await post({ url: YOUTUBE });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status: 'error', error: { code: `error.api.${expected}` } });
  });

  it('tells in minutes what is too long', async () => {
    const limit = { code: 'error.api.content.too_long', context: { service: 'youtube', limit: 180 } };
    await script('tooLong');
    expect((await reply({ url: YOUTUBE })).error).toEqual(limit);
    expect((await reply({ url: `${YOUTUBE}&duration=10801` })).error).toEqual(limit);
  });
});
