import { ManualClock } from '../../platform/clock/testing/manual-clock.js';
import { until } from '../testing/control-client.js';
import { startTestSandbox, type TestSandbox } from '../testing/test-sandbox.js';

const LINK = 'https://www.youtube.com/watch?v=jNQXAC9IVRw';

describe('the control of outside APIs', () => {
  let test: TestSandbox;

  beforeAll(async () => {
    test = await startTestSandbox();
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const ask = (headers: Record<string, string> = {}, extra = ''): Promise<Response> =>
    fetch(`${test.sandbox.apis.savenow ?? ''}/ajax/download.php?format=720&url=${encodeURIComponent(LINK)}${extra}`, {
      headers,
    });

  it('takes scripts in their order, each for its times, and then the standing one', async () => {
    await test.control.scriptApi({ api: 'savenow', behaviour: 'rate' });
    await test.control.scriptApi({ api: 'savenow', behaviour: 'down', times: 2 });
    await test.control.scriptApi({ api: 'savenow', behaviour: 'notSubscribed', times: 1 });
    const statuses: number[] = [];
    for (let call = 0; call < 5; call += 1) statuses.push((await ask()).status);
    expect(statuses).toEqual([503, 503, 403, 429, 429]);

    await test.control.forgetApiScripts();
    expect((await ask()).status).toBe(200);
  });

  it('shows all APIs, what they can do and what waits for them', async () => {
    await test.control.scriptApi({ api: 'youtube-download-api', behaviour: 'pending', polls: 7, times: 2 });
    await test.control.scriptApi({ api: 'cobalt', behaviour: 'picker' });
    expect(await test.control.apis()).toMatchObject([
      { api: 'savenow', adapters: ['savenow'], standing: { behaviour: 'ok' }, queue: [], quota: { limit: 100_000 } },
      { api: 'rapidapi', adapters: ['rapidapi'], quota: { limit: 10_000 } },
      {
        api: 'video-download-api',
        adapters: ['video-download-api', 'youtube-download-api'],
        behaviours: { pending: expect.any(String) as string },
        queue: [{ behaviour: 'pending', polls: 7, times: 2 }],
        quota: null,
      },
      { api: 'cobalt', standing: { behaviour: 'picker' }, quota: { limit: 20, remaining: 20 } },
      { api: 'google', behaviours: { no_channel: expect.any(String) as string }, quota: null },
      ...['vk', 'zoom', 'yandex', 'dropbox'].map((api) => ({ api, adapters: [api], quota: null })),
      { api: 'kie', adapters: ['kie', 'kie-upload'], quota: null },
      { api: 'llm', adapters: ['llm'], quota: null },
    ]);
  });

  it('writes down what was asked and answered, with keys masked', async () => {
    await test.control.scriptApi({ api: 'savenow', behaviour: 'cached', times: 1 });
    await ask({ 'x-rapidapi-key': '0123456789abcdef', 'x-rapidapi-host': 'yt.p.rapidapi.com' });
    await fetch(`${test.sandbox.apis['video-download-api'] ?? ''}/ajax/download.php?apikey=0123456789abcdef`);
    await fetch(`${test.sandbox.apis.rapidapi ?? ''}/v1/social/autolink`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: LINK }),
    });

    const [first, ...others] = await test.control.apiCalls();
    expect(first).toMatchObject({
      api: 'savenow',
      method: 'GET',
      path: '/apis/rapidapi-yt/ajax/download.php',
      query: { format: '720', url: LINK },
      headers: { 'x-rapidapi-key': '••••cdef', 'x-rapidapi-host': 'yt.p.rapidapi.com' },
      body: null,
      behaviour: 'cached',
      status: 200,
      response: { success: 1, progress: 1000 },
    });
    expect(others).toMatchObject([
      { api: 'video-download-api', query: { apikey: '••••cdef' }, response: { success: false } },
      { api: 'rapidapi', method: 'POST', body: { url: LINK }, response: { error: false } },
    ]);
    expect(await test.control.apiCalls({ api: 'rapidapi', after: first?.seq })).toHaveLength(1);
    expect(await test.control.apiCalls({ after: others[1]?.seq })).toEqual([]);
  });

  it('counts polls to the customer whose job it is', async () => {
    const { progress_url: url } = (await (await ask()).json()) as { progress_url: string };
    await fetch(url);
    expect(await test.control.apiCalls({ api: 'savenow' })).toMatchObject([
      { behaviour: 'ok' },
      { path: '/apis/savenow/api/progress', behaviour: null, response: { progress: 50 } },
    ]);
  });

  it('breaks off JSON where it is told to', async () => {
    await test.control.scriptApi({ api: 'savenow', behaviour: 'malformed', times: 1 });
    const response = await ask();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    await expect(response.json()).rejects.toThrow('JSON');
  });

  it('forgets scripts, jobs, quotas and calls on reset', async () => {
    await test.control.scriptApi({ api: 'savenow', behaviour: 'down' });
    await test.control.setApiQuota('savenow', { remaining: 1 });
    await test.control.post('/reset');
    expect(await test.control.apiCalls()).toEqual([]);
    expect(await test.control.apis()).toMatchObject([
      { standing: { behaviour: 'ok' }, quota: { remaining: 100_000 } },
      ...Array.from({ length: 10 }, () => ({})),
    ]);
  });

  it.each([
    [{ api: 'nowhere', behaviour: 'ok' }, '404 {"error":"API not found"}'],
    [{ api: 'toString', behaviour: 'ok' }, '404 {"error":"API not found"}'],
    [{ api: 'savenow', behaviour: 'picker' }, 'behaviour must be one of ok, pending'],
    [{ api: 'savenow', behaviour: 'constructor' }, 'behaviour must be one of ok, pending'],
    [{ api: 'savenow', behaviour: 'ok', time: 1 }, 'time is not known'],
    [{ api: 'savenow', behaviour: 'pending', polls: 0 }, 'polls must be more than 0'],
    [{ api: 'savenow', behaviour: 'ok', sample: 'http://a.example/x.mp4' }, 'sample must be like'],
    [{ api: 'cobalt', behaviour: 'error', code: 'no.such' }, 'code must be one of'],
  ])('refuses %o with a sentence', async (script, sentence) => {
    await expect(test.control.scriptApi(script)).rejects.toThrow(sentence);
  });

  it('refuses a quota where none is told', async () => {
    await expect(test.control.setApiQuota('youtube-download-api', { remaining: 1 })).rejects.toThrow(
      'tells of no quota',
    );
  });

  it('ends tokens only where some are handed out', async () => {
    expect(await test.control.expireTokens('google')).toBe(0);
    expect(await test.control.revokeTokens('google')).toBe(0);
    await expect(test.control.expireTokens('cobalt')).rejects.toThrow('hands out no tokens');
    await expect(test.control.revokeTokens('nowhere')).rejects.toThrow('404');
  });
});

describe('a slow API', () => {
  it('answers when its time has come, and writes down who did not wait', async () => {
    const clock = new ManualClock();
    const test = await startTestSandbox({ clock });
    await test.control.scriptApi({ api: 'cobalt', behaviour: 'slow', seconds: 30 });
    const ask = (signal?: AbortSignal): Promise<Response> =>
      fetch(`${test.sandbox.apis.cobalt ?? ''}/`, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({ url: LINK }),
        signal,
      });

    let isAnswered = false;
    const answered = ask().then((response) => {
      isAnswered = true;
      return response.status;
    });
    const impatient = new AbortController();
    const left = ask(impatient.signal).catch(() => 'left');
    await until(async () => (await test.control.apis())[3]?.quota?.remaining === 18);
    impatient.abort();
    expect(await left).toBe('left');
    await until(async () => (await test.control.apiCalls()).length === 1);
    expect(isAnswered).toBe(false);
    clock.advance(30_000);
    expect(await answered).toBe(200);
    expect(await test.control.apiCalls()).toMatchObject([
      { status: 0 },
      { status: 200, ms: 30_000, behaviour: 'slow' },
    ]);
    await test.stop();
  });
});
