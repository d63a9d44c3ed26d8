import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

const LINK = 'https://www.youtube.com/watch?v=jNQXAC9IVRw';

type Json = Record<string, unknown>;

describe('the stand-in of SaveNow', () => {
  let test: TestSandbox;

  beforeAll(async () => {
    test = await startTestSandbox();
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const door = (adapter = 'savenow'): string => test.sandbox.apis[adapter] ?? '';

  const ask = (query: Record<string, string> = {}, adapter?: string, headers: Record<string, string> = {}) => {
    const parameters = new URLSearchParams({ format: '720', url: LINK, ...query }).toString();
    return fetch(`${door(adapter)}/ajax/download.php?${parameters}`, { headers });
  };

  const json = async (response: Response | Promise<Response>): Promise<Json> => (await (await response).json()) as Json;

  const poll = async (url: unknown): Promise<Json> => json(fetch(String(url)));

  it('begins a job whose progress leads to the medium', async () => {
    const response = await ask({ add_info: '1' });
    const job = await json(response);
    expect(job).toMatchObject({
      success: true,
      progress_url: `${door('video-download-api')}/api/progress?id=${String(job.id)}`,
      title: 'Sample of youtube jNQXAC9IVRw',
      full_format: 'mp4 [720p]',
      url: null,
      additional_info: { id: 'jNQXAC9IVRw', duration: 8 },
    });
    expect(job).not.toHaveProperty('download_url');

    expect(await poll(job.progress_url)).toEqual({ success: 0, progress: 50, text: 'Preparing streaming download' });
    const done = await poll(job.progress_url);
    expect(done).toMatchObject({ success: 1, progress: 1000, text: 'Finished', format: '720' });
    const media = await fetch(String(done.download_url), { method: 'HEAD' });
    expect(new URL(String(done.download_url)).host).toBe(test.sandbox.mediaHost);
    expect(media.headers.get('content-type')).toBe('video/mp4');
  });

  it('tells the length and the picture only when it is asked to', async () => {
    expect(await json(ask())).not.toHaveProperty('additional_info');
  });

  it('makes sound of a sound format', async () => {
    await test.control.scriptApi({ api: 'savenow', behaviour: 'cached' });
    const path = async (format: string): Promise<string> =>
      new URL(String((await json(ask({ format }))).download_url)).pathname;
    expect([await path('mp3'), await path('opus'), await path('1080')]).toEqual([
      '/sound.mp3',
      '/sound.m4a',
      '/ok.mp4',
    ]);
    expect(await json(ask({ format: '9000' }))).toEqual({ success: false, message: 'Invalid format' });
  });

  it('wants GET and a link to YouTube', async () => {
    const posted = await fetch(`${door()}/ajax/download.php?format=720&url=${LINK}`, { method: 'POST' });
    expect(posted.status).toBe(405);
    expect(await json(ask({ url: 'https://www.tiktok.com/@a/video/1' }))).toMatchObject({ success: false });
    expect((await fetch(`${door()}/nowhere`)).status).toBe(404);
  });

  it('refuses longer videos unless they are allowed, and charges more for them', async () => {
    const left = async (duration: number): Promise<number> => {
      const response = await ask({ url: `${LINK}&duration=${duration}`, allow_extended_duration: '1' });
      return Number(response.headers.get('x-ratelimit-units-remaining'));
    };
    expect(await json(ask({ url: `${LINK}&duration=5401` }))).toMatchObject({ success: false });
    expect([await left(5400), await left(5401), await left(10_801)]).toEqual([99_994, 99_976, 99_946]);
  });

  it('counts units down to the end, and sends away whoever comes then', async () => {
    await test.control.setApiQuota('savenow', { limit: 100, remaining: 6 });
    const last = await ask();
    expect(Object.fromEntries(last.headers)).toMatchObject({
      'x-ratelimit-units-limit': '100',
      'x-ratelimit-units-remaining': '0',
      'x-ratelimit-requests-remaining': '499999',
    });
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('x-ratelimit-units-reset'))).toBeGreaterThan(0);
    expect(await json(refused)).toMatchObject({ message: expect.stringContaining('MONTHLY quota') as string });
  });

  it.each([
    ['savenow', { 'x-rapidapi-key': 'invalid' }, {}, 401],
    ['video-download-api', {}, { apikey: 'invalid' }, 200],
    ['youtube-download-api', {}, { api: 'invalid' }, 200],
  ])('refuses an invalid key at the door of %s', async (adapter, headers, query, status) => {
    const response = await ask(query, adapter, headers);
    expect(response.status).toBe(status);
    expect(await json(response)).toMatchObject({ message: expect.stringContaining('Invalid API key') as string });
    expect((await ask({}, adapter)).status).toBe(200);
  });

  it('has no headers of RapidAPI at its own door', async () => {
    const names = [...(await ask({}, 'video-download-api')).headers.keys()];
    expect(names.filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  });

  it.each([
    ['quota', { how: 'DAILY' }, 429, 'DAILY quota'],
    ['rate', {}, 429, 'rate limit per second'],
    ['rate', { how: 'generic' }, 429, 'Too many requests'],
    ['keyRefused', {}, 403, 'Invalid API key'],
    ['notSubscribed', {}, 403, 'You are not subscribed to this API.'],
    ['refused', { text: 'No luck' }, 200, 'No luck'],
    ['private', {}, 200, 'private'],
    ['age', {}, 200, 'age restricted'],
    ['live', {}, 200, 'live stream'],
    ['tooLong', {}, 200, 'too long'],
    ['unavailable', {}, 200, 'Video unavailable'],
    ['down', {}, 503, 'Unavailable'],
  ])('is %s (%o)', async (behaviour, options, status, text) => {
    await test.control.scriptApi({ api: 'savenow', behaviour, times: 1, ...options });
    const response = await ask();
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
    expect(await json(ask())).toMatchObject({ success: true });
  });

  it('says at its own door in 200 what it says in 429 behind RapidAPI', async () => {
    const answers: unknown[] = [];
    for (const behaviour of ['quota', 'rate', 'keyRefused']) {
      await test.control.scriptApi({ api: 'youtube-download-api', behaviour, times: 1 });
      const response = await ask({}, 'youtube-download-api');
      answers.push([response.status, (await json(response)).message]);
    }
    expect(answers).toEqual([
      [200, 'Your quota is used up'],
      [429, 'Too many requests'],
      [200, 'Invalid API key'],
    ]);
  });

  describe('a job', () => {
    const begin = async (script: Record<string, unknown>): Promise<Json> => {
      await test.control.scriptApi({ api: 'savenow', behaviour: 'ok', times: 1, ...script });
      return json(ask());
    };
    const polls = async (url: unknown, times: number): Promise<(Json & { status: number })[]> => {
      const answers = [];
      for (let poll = 0; poll < times; poll += 1) {
        const response = await fetch(String(url), { redirect: 'manual' });
        const text = await response.text();
        answers.push({ status: response.status, ...((text.startsWith('{') ? JSON.parse(text) : {}) as Json) });
      }
      return answers;
    };

    it('may be pending for long, in all the words there are', async () => {
      const job = await begin({ behaviour: 'pending', polls: 4 });
      const answers = await polls(job.progress_url, 5);
      expect(answers.map(({ success, progress }) => [success, progress])).toEqual([
        [0, 50],
        [1, 400],
        [0, '700'],
        [0, '700'],
        [1, 1000],
      ]);
    });

    it('may be done already', async () => {
      const job = await begin({ behaviour: 'cached' });
      expect(job).toMatchObject({
        progress: 1000,
        download_url: expect.stringContaining('/ok.mp4?api=savenow') as string,
      });
    });

    it('may have nothing but an id, which each of the old paths knows', async () => {
      const job = await begin({ behaviour: 'idOnly' });
      expect(Object.keys(job)).toEqual(['success', 'id']);
      for (const path of ['/api/progress', '/ajax/progress', '/ajax/progress.php']) {
        expect(await poll(`${door()}${path}?id=${String(job.id)}`)).toHaveProperty('progress');
        expect(await poll(`${door('video-download-api')}${path}?id=${String(job.id)}`)).toHaveProperty('progress');
      }
      expect(await poll(`${door()}/api/progress?id=unknown`)).toMatchObject({ text: 'Error: no such job' });
    });

    it('may fail on the way, or end without a link', async () => {
      const failing = await begin({ behaviour: 'errorMidway', polls: 1, text: 'Error: copyright' });
      expect((await polls(failing.progress_url, 2))[1]).toMatchObject({
        success: 0,
        progress: 0,
        text: 'Error: copyright',
      });
      const linkless = await begin({ behaviour: 'noUrl' });
      expect((await polls(linkless.progress_url, 2))[1]).toMatchObject({ progress: 1000, download_url: null });
    });

    it('may be asked about in vain', async () => {
      const job = await begin({ behaviour: 'badGateway', polls: 7 });
      expect((await polls(job.progress_url, 9)).map(({ status }) => status)).toEqual([
        ...[502, 503, 504, 520, 522, 524, 502],
        ...[200, 200],
      ]);
    });

    it('fails at once while its API is down for good, and has lost nothing afterwards', async () => {
      const job = await begin({ behaviour: 'pending', polls: 1 });
      await test.control.scriptApi({ api: 'savenow', behaviour: 'down' });
      expect((await polls(job.progress_url, 3)).map(({ status }) => status)).toEqual([503, 503, 503]);
      await test.control.forgetApiScripts('savenow');
      expect((await polls(job.progress_url, 2)).map(({ progress }) => progress)).toEqual([50, 1000]);
    });

    it('may lead the polls astray', async () => {
      expect((await begin({ behaviour: 'hostileProgressUrl' })).progress_url).toMatch(
        'http://p.savenow.to/api/progress?id=',
      );
      const trap = await begin({ behaviour: 'hostileProgressUrl', how: 'private' });
      expect(trap.progress_url).toMatch(`${test.sandbox.mediaUrl}/trap?`);
      const redirecting = await begin({ behaviour: 'hostileProgressUrl', how: 'redirect' });
      const answer = await fetch(String(redirecting.progress_url), { redirect: 'manual' });
      expect(answer.status).toBe(302);
      expect(answer.headers.get('location')).toMatch(`${test.sandbox.mediaUrl}/trap?`);
    });
  });

  it.each([
    ['mediaGone', 404, ''],
    ['mediaForbidden', 403, ''],
    ['emptyFile', 200, 'video/mp4'],
    ['htmlInsteadOfVideo', 200, 'text/html'],
    ['doubledSlashes', 200, 'video/mp4'],
  ])('hands out a medium that is %s', async (behaviour, status, type) => {
    await test.control.scriptApi({ api: 'savenow', behaviour, times: 1 });
    const job = await json(ask());
    await poll(job.progress_url);
    const { download_url: link } = await poll(job.progress_url);
    const media = await fetch(String(link), { method: 'HEAD' });
    expect(media.status).toBe(status);
    expect(media.headers.get('content-type') ?? '').toContain(type);
    expect(String(link).includes(`${test.sandbox.mediaHost}//`)).toBe(behaviour === 'doubledSlashes');
    if (behaviour === 'emptyFile') expect(await (await fetch(String(link))).text()).toBe('');
  });

  it.each([
    ['private', 'http://169.254.169.254/'],
    ['file', 'file:///etc/passwd'],
    ['redirect', '/redir?to=http%3A%2F%2F169.254.169.254'],
  ])('leads to what is %s', async (how, part) => {
    await test.control.scriptApi({ api: 'savenow', behaviour: 'hostileMedia', how, times: 1 });
    const job = await json(ask());
    await poll(job.progress_url);
    expect((await poll(job.progress_url)).download_url).toContain(part);
  });
});
