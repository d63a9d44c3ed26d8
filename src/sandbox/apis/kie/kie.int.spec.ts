import { createHmac } from 'node:crypto';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { CallbackListener, KieCustomer, resultUrlOf, taskIdOf } from '../../testing/kie-client.js';
import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

const NO_MONEY =
  "Credits insufficient : Your current balance isn't enough to run this request. Please top up to continue.";
const KEY = 'key of webhooks';

describe('the stand-in of KIE', () => {
  let test: TestSandbox;
  let clock: ManualClock;
  let listener: CallbackListener;
  let kie: KieCustomer;

  beforeAll(async () => {
    clock = new ManualClock();
    test = await startTestSandbox({ clock });
  });
  beforeEach(async () => {
    await test.control.post('/reset');
    listener = await CallbackListener.start();
    kie = customer();
  });
  afterEach(() => listener.stop());
  afterAll(() => test.stop());

  const customer = (key?: string): KieCustomer => new KieCustomer(test.sandbox.apis.kie ?? '', key);

  describe('a task', () => {
    it('walks through its states and ends with a video of its own', async () => {
      const taskId = await kie.made('A mug', listener.url('job'));
      const states: string[] = [];
      for (let step = 0; step < 5; step += 1) {
        states.push((await kie.task(taskId)).state);
        clock.advance(500);
      }
      expect(states).toEqual(['waiting', 'queuing', 'generating', 'generating', 'success']);

      const task = await kie.task(taskId);
      expect(task).toMatchObject({ model: 'bytedance/seedance-2', progress: 100, creditsConsumed: 60, costTime: 2000 });
      expect(JSON.parse(String(task.param))).toMatchObject({
        callBackUrl: listener.url('job'),
        input: { prompt: 'A mug' },
      });
      const url = new URL(resultUrlOf(task));
      expect([url.host, url.pathname]).toEqual([test.sandbox.mediaHost, `/kie/${taskId}.mp4`]);
      const video = await fetch(url);
      expect(video.headers.get('content-type')).toBe('video/mp4');
      expect((await video.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
    });

    it('takes as long as its prompt says', async () => {
      const taskId = await kie.made('A mug kie:after=30');
      clock.advance(29_000);
      expect((await kie.task(taskId)).state).toBe('generating');
      clock.advance(1000);
      expect((await kie.task(taskId)).state).toBe('success');
    });

    it('tells its result as text mostly, as an object sometimes', async () => {
      const kinds = new Set<string>();
      for (let round = 0; round < 200 && kinds.size < 2; round += 1) {
        const taskId = await customer(`account${round}`).made('A mug kie:after=0');
        kinds.add(typeof (await customer(`account${round}`).task(taskId)).resultJson);
      }
      expect([...kinds].sort()).toEqual(['object', 'string']);
    });

    it('is of its account, and of nobody else', async () => {
      const taskId = await kie.made('A mug');
      expect((await customer('main:second').look(taskId)).body.code).toBe(200);
      for (const reply of [await customer('other').look(taskId), await kie.look('task_unknown')]) {
        expect(reply).toMatchObject({ status: 404, body: { code: 404 } });
      }
    });

    it.each([
      ['violation', '500', 'This content may violate our guardrails concerning similarity to third-party content.'],
      ['fail-temporary', '500', 'Internal Error, Please try again later.'],
      ['unknown', 'GENERATION_FAILED', 'The generation task failed.'],
    ])('fails when it is %s, for nothing', async (name, failCode, failMsg) => {
      const taskId = await kie.made(`A mug kie:${name}`);
      clock.advance(2000);
      expect((await kie.look(taskId)).body).toMatchObject({
        code: 200,
        data: { state: 'fail', failCode, failMsg, resultJson: '', creditsConsumed: 0 },
      });
      expect((await test.control.kieAccount('main')).balance).toBe(1_000_000);
    });
  });

  describe('the link of a video', () => {
    const statusOf = async (taskId: string): Promise<number> =>
      (await fetch(resultUrlOf(await kie.task(taskId)))).status;

    it('may die soon after it is told, and is renewed', async () => {
      const taskId = await kie.made('A mug kie:after=0 kie:expiring=5');
      const url = resultUrlOf(await kie.task(taskId));
      clock.advance(4999);
      expect((await fetch(url)).status).toBe(200);
      expect(resultUrlOf(await kie.task(taskId))).toBe(url);
      clock.advance(1);
      expect((await fetch(url)).status).toBe(404);

      expect(await statusOf(taskId)).toBe(200);
      const { body } = await kie.call('POST', '/api/v1/common/download-url', { url });
      expect((await fetch(String(body.data))).status).toBe(200);
      const foreign = await customer('other').call('POST', '/api/v1/common/download-url', { url });
      expect(foreign.body.code).toBe(422);
    });

    it('may be dead when it is told, or for ever', async () => {
      const expired = await kie.made('A mug kie:after=0 kie:expiring=0');
      expect([await statusOf(expired), await statusOf(expired)]).toEqual([404, 200]);
      const gone = await kie.made('A mug kie:after=0 kie:gone');
      expect([await statusOf(gone), await statusOf(gone)]).toEqual([404, 404]);
    });
  });

  describe('createTask', () => {
    it.each([
      ['billing', 200, { code: 500, msg: NO_MONEY }],
      ['billing-402', 402, { code: 402, message: 'Insufficient credits' }],
      ['429', 429, { code: 429, message: expect.stringContaining('frequency') as string }],
      ['temporary', 200, { code: 500, msg: 'Internal Error, Please try again later.' }],
      ['paused', 200, { code: 500, msg: 'This interface is temporarily paused' }],
      ['config', 200, { code: 422, msg: 'This field is required' }],
      ['cloudflare', 521, { text: expect.stringContaining('<html>') as string }],
    ])('makes nothing when it is %s, as the prompt or the control wants it', async (name, status, body) => {
      expect(await kie.create(`A mug kie:${name}`)).toEqual({ status, body });
      await test.control.scriptApi({ api: 'kie', behaviour: name, times: 1 });
      expect(await kie.create('A mug')).toEqual({ status, body });
      expect((await kie.create('A mug')).body.code).toBe(200);
      expect(await test.control.kieTasks()).toHaveLength(1);
    });

    it('does so as often as it is told, for each job of its customer', async () => {
      const codes = async (job: string): Promise<unknown[]> => {
        const found: unknown[] = [];
        for (let attempt = 1; attempt <= 4; attempt += 1) {
          const reply = await kie.create('A mug kie:429=2 kie:temporary=1', listener.url(job, attempt));
          found.push(reply.body.code);
        }
        return found;
      };
      expect([await codes('one'), await codes('two')]).toEqual([
        [429, 429, 500, 200],
        [429, 429, 500, 200],
      ]);
    });

    it('takes money from the account, until there is none', async () => {
      await test.control.setKieAccount('main', { balance: 100, price: 60 });
      expect((await kie.create('A mug')).body.code).toBe(200);
      expect((await kie.call('GET', '/api/v1/chat/credit')).body).toEqual({ code: 200, msg: 'success', data: 40 });
      expect((await kie.create('A mug')).body).toEqual({ code: 500, msg: NO_MONEY });
      expect((await customer('other').create('A mug')).body.code).toBe(200);
    });

    it.each([
      [{ model: undefined }, 'model is required'],
      [{ model: 'sora-3' }, 'The model name you specified is not supported'],
      [{ input: undefined }, 'input is required'],
      [{ input: {} }, 'prompt is required'],
      [{ input: { prompt: 'A mug', duration: '5' } }, 'duration is not within the range of allowed options'],
      [{ input: { prompt: 'x'.repeat(20_001) } }, 'prompt exceeds the maximum length of 20000'],
      [{ model: 'sora-2-image-to-video', input: { prompt: 'A mug' } }, 'image_urls is required'],
      [
        {
          model: 'sora-2-image-to-video',
          input: { prompt: 'A mug', image_urls: ['https://a.example/b.jpg'], n_frames: 10 },
        },
        'n_frames is not within the range of allowed options',
      ],
    ])('judges its body: %j', async (change, msg) => {
      expect((await kie.create('A mug', undefined, change)).body).toEqual({ code: 422, msg });
    });

    it('takes orders for Sora, whose input it tells as text', async () => {
      const input = {
        prompt: 'A mug',
        image_urls: ['https://a.example/b.jpg'],
        aspect_ratio: 'portrait',
        n_frames: '10',
      };
      const reply = await kie.create('', undefined, { model: 'sora-2-image-to-video', input });
      const { param } = await kie.task(taskIdOf(reply));
      expect(JSON.parse((JSON.parse(String(param)) as { input: string }).input)).toEqual(input);
      expect(await test.control.kieTasks()).toMatchObject([{ photoUrl: 'https://a.example/b.jpg', prompt: 'A mug' }]);
    });

    it('may be left without an answer, and the task is there', async () => {
      await expect(kie.create('A mug kie:lost-answer=1', listener.url('job'))).rejects.toThrow();
      expect((await kie.create('A mug kie:lost-answer=1', listener.url('job', 2))).body.code).toBe(200);
      expect(await test.control.kieTasks({ jobId: 'job' })).toHaveLength(2);
      expect((await test.control.kieCreations('main')).map(({ code }) => code)).toEqual([null, 200]);
    });

    it('holds its limit: 20 in 10 s for an account, whatever its keys', async () => {
      const created = async (key: string): Promise<unknown> => (await customer(key).create('A mug')).body.code;
      for (let call = 0; call < 20; call += 1) expect(await created(`main:${call}`)).toBe(200);
      clock.advance(9999);
      expect([await created('main'), await created('main:1'), await created('other')]).toEqual([429, 429, 200]);
      clock.advance(1);
      expect(await created('main')).toBe(200);
      expect(await test.control.kieAccount('main')).toMatchObject({
        creations: { count: 23, refused: 2, busiest: 22 },
      });
      expect(await test.control.kieTasks({ account: 'main' })).toHaveLength(21);
    });
  });

  it('holds the limit of queries: 10 in a second for a key', async () => {
    const taskId = await kie.made('A mug');
    const codes: unknown[] = [];
    for (let call = 0; call < 12; call += 1) codes.push((await kie.look(taskId)).body.code);
    expect(codes.filter((code) => code === 429)).toHaveLength(2);
    expect((await customer('main:0123456789abcdef').look(taskId)).body.code).toBe(200);
    clock.advance(1000);
    expect((await kie.look(taskId)).body.code).toBe(200);
    expect((await test.control.kieAccount('main')).queries).toEqual([
      { key: '••••', count: 13, refused: 2, busiest: 12 },
      { key: '••••cdef', count: 1, refused: 0, busiest: 1 },
    ]);
  });

  it.each([
    ['invalid-key', 'Mozilla/5.0', 401, { code: 401, message: 'You do not have access permissions' }],
    ['main', 'node', 403, { text: 'error code: 1010' }],
  ])('lets nobody in with the key %s and the agent %s', async (key, agent, status, body) => {
    for (const path of ['/api/v1/jobs/createTask', '/api/file-base64-upload']) {
      expect(await customer(key).call('POST', path, {}, { 'user-agent': agent })).toEqual({ status, body });
    }
  });

  describe('callbacks', () => {
    const called = async (job: string, times: number) => {
      await vi.waitFor(() => expect(listener.of(job)).toHaveLength(times), { timeout: 3000 });
      return listener.of(job);
    };

    it('come when a task has ended, well or badly', async () => {
      const well = await kie.made('A mug', listener.url('well'));
      const badly = await kie.made('A mug kie:violation', listener.url('badly'));
      clock.advance(1999);
      expect(listener.calls).toEqual([]);
      clock.advance(1);
      expect(await called('well', 1)).toMatchObject([
        {
          path: '/callback/well.1.the-token',
          body: { code: 200, data: { taskId: well, state: 'success', failCode: null, failMsg: null } },
        },
      ]);
      expect(await called('badly', 1)).toMatchObject([
        {
          body: { code: 501, msg: 'Playground task failed.', data: { taskId: badly, state: 'fail', failCode: '500' } },
        },
      ]);
      expect(listener.of('badly')[0]?.body.data).not.toHaveProperty('resultJson');
    });

    it('are tried once more, a second later, when nobody says yes', async () => {
      listener.status = 503;
      await kie.made('A mug kie:after=0', listener.url('job'));
      await called('job', 1);
      await vi.waitFor(() => {
        clock.advance(1000);
        expect(listener.calls).toHaveLength(2);
      });
      const other = await kie.made('A mug kie:after=0', listener.url('other'));
      clock.advance(60_000);
      expect((await called('other', 1))[0]?.body.data.taskId).toBe(other);
      expect(listener.of('job')).toHaveLength(2);
    });

    it('may not come, or come twice, late, or before the answer', async () => {
      await kie.made('A mug kie:no-callback kie:after=0', listener.url('none'));
      await kie.made('A mug kie:double-callback kie:after=0', listener.url('double'));
      await kie.made('A mug kie:late-callback=20 kie:after=1', listener.url('late'));
      const early = await kie.made('A mug kie:early-callback', listener.url('early'));
      expect(listener.of('early')).toMatchObject([{ body: { data: { taskId: early, state: 'success' } } }]);
      clock.advance(500);
      await called('double', 2);
      clock.advance(20_000);
      expect(listener.of('late')).toEqual([]);
      clock.advance(500);
      await called('late', 1);
      expect(listener.of('none')).toEqual([]);
    });

    it('may be lies, before the truth comes', async () => {
      await test.control.setKieWebhookKey(KEY);
      const taskId = await kie.made('A mug kie:forged-callback', listener.url('job'));
      for (let lies = 1; lies <= 3; lies += 1) {
        clock.advance(200);
        await called('job', lies);
      }
      clock.advance(2000);
      const [wrongToken, otherTask, falseEnd, truth] = await called('job', 4);
      expect(wrongToken?.path).toBe(`/callback/job.1.${'A'.repeat('the-token'.length)}`);
      expect(resultUrlOf(wrongToken?.body.data ?? {})).toContain(`${test.sandbox.mediaUrl}/trap`);
      expect(otherTask?.body.data.taskId).not.toBe(taskId);
      expect(falseEnd?.body.data).toMatchObject({ taskId, state: 'fail' });
      expect(truth?.body.data).toMatchObject({ taskId, state: 'success' });
      const signed = listener.calls.map(({ headers, body: { data } }) => {
        const text = `${data.taskId}.${headers['x-webhook-timestamp'] ?? ''}`;
        return headers['x-webhook-signature'] === createHmac('sha256', KEY).update(text).digest('base64');
      });
      expect(signed).toEqual([false, false, false, true]);
    });

    it('are not signed before there is a key', async () => {
      await kie.made('A mug kie:early-callback', listener.url('job'));
      expect(listener.calls[0]?.headers).not.toHaveProperty('x-webhook-signature');
    });
  });

  it('has hundreds of tasks at once', async () => {
    const ids: string[] = [];
    for (let account = 0; account < 25; account += 1) {
      const own = customer(`many${account}`);
      const made = Array.from({ length: 20 }, (_, index) => own.made('A mug', listener.url(`${account}-${index}`)));
      ids.push(...(await Promise.all(made)));
    }
    clock.advance(2000);
    await vi.waitFor(() => expect(new Set(listener.calls.map(({ path }) => path)).size).toBe(500), {
      timeout: 45_000,
    });
    expect(new Set(ids).size).toBe(500);
  });
});
