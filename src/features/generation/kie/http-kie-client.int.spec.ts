import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../../platform/clock/clock.js';
import { UndiciHttpClient, type HttpRequest, type HttpResponse } from '../../../platform/http/index.js';
import { FileStorage } from '../../../platform/storage/file-storage.js';
import { startTestSandbox, type TestSandbox } from '../../../sandbox/testing/test-sandbox.js';
import { HttpKieClient } from './http-kie-client.js';
import { KieCalls } from './kie-calls.js';
import type { KieKey, TaskRecord } from './kie-client.js';
import { KieDoors } from './kie-doors.js';
import { RudeKie } from './testing/rude-kie.js';

const KEY: KieKey = { id: 'key-1', account: 'main', apiKey: 'main:0123456789' };
const NO_KEY: KieKey = { ...KEY, apiKey: 'invalid-key' };
const CALLBACK = 'http://127.0.0.1:9/callback/job-1.1.token';
const TASK = { model: 'bytedance/seedance-2', input: { prompt: 'A mug kie:no-callback' }, callBackUrl: CALLBACK };
const CONFIG = { kieApiKeys: [], kieUploadBaseUrl: undefined };

/** Nobody waits as long for an answer in a test. */
class HastyHttp extends UndiciHttpClient {
  override send(request: HttpRequest): Promise<HttpResponse> {
    return super.send({ ...request, timeoutMs: Math.min(request.timeoutMs ?? Infinity, 500) });
  }
}

describe('HttpKieClient', () => {
  const clock = new SystemClock();
  let folder: string;
  let storage: FileStorage;
  let http: UndiciHttpClient;
  let hasty: UndiciHttpClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-kie-'));
    storage = new FileStorage(folder);
    http = new UndiciHttpClient(clock);
    hasty = new HastyHttp(clock);
  });
  afterAll(async () => {
    await http.close();
    await hasty.close();
    await rm(folder, { recursive: true });
  });

  async function stored(bytes: Buffer): Promise<string> {
    const path = join(folder, 'incoming');
    await writeFile(path, bytes);
    await storage.adopt('photos/1/mug.jpg', path);
    return 'photos/1/mug.jpg';
  }

  describe('at the stand-in', () => {
    let sandbox: TestSandbox;
    let client: HttpKieClient;

    beforeAll(async () => {
      sandbox = await startTestSandbox();
      const doors = new KieDoors({ ...CONFIG, kieBaseUrl: undefined }, sandbox.sandbox.apis);
      client = new HttpKieClient(new KieCalls(http), doors, storage, clock);
    });
    beforeEach(() => sandbox.control.post('/reset'));
    afterAll(() => sandbox.stop());

    const create = (words: string) => client.createTask(KEY, { ...TASK, input: { prompt: `A mug ${words}` } });

    async function made(words: string): Promise<string> {
      const answer = await create(`kie:no-callback ${words}`);
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value.taskId;
    }

    async function looked(taskId: string): Promise<TaskRecord> {
      const answer = await client.recordInfo(KEY, taskId);
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value;
    }

    it('makes a task, and sees what becomes of it', async () => {
      const taskId = await made('kie:after=0');
      expect(await looked(taskId)).toEqual({
        taskId,
        model: TASK.model,
        callBackUrl: CALLBACK,
        result: {
          state: 'success',
          urls: [`${sandbox.sandbox.mediaUrl}/kie/${taskId}.mp4`],
          creditsConsumed: 60,
        },
      });
      expect((await looked(await made('kie:after=60'))).result).toMatchObject({ state: 'working' });
      expect((await looked('task_unknown')).result).toEqual({ state: 'unknown' });
    });

    it.each([
      ['429', { class: 'RATE_LIMIT', code: '429' }],
      ['billing', { class: 'BILLING', code: '500' }],
      ['billing-402', { class: 'BILLING', code: '402' }],
      ['temporary', { class: 'TEMPORARY', code: '500' }],
      ['maintenance', { class: 'TEMPORARY', code: '455' }],
      ['paused', { class: 'CONFIG', detail: 'model_paused' }],
      ['config', { class: 'CONFIG', detail: null, code: '422' }],
      ['refused-violation', { class: 'USER_VIOLATION', code: '422' }],
      ['cloudflare', { class: 'TEMPORARY', code: 'UNREADABLE' }],
    ])('is refused a task: %s', async (word, error) => {
      const answer = await create(`kie:${word}`);
      expect(answer).toMatchObject({ ok: false, error });
      expect(answer).not.toHaveProperty('unanswered');
    });

    it.each([
      ['violation', 'USER_VIOLATION'],
      ['fail-temporary', 'TEMPORARY'],
      ['unknown', 'UNKNOWN'],
    ])('sees a task fail: %s', async (word, expected) => {
      const { result } = await looked(await made(`kie:after=0 kie:${word}`));
      expect(result).toMatchObject({ state: 'fail', error: { class: expected }, creditsConsumed: 0 });
    });

    it('does not know whether a task was made whose answer was lost', async () => {
      expect(await create('kie:lost-answer')).toMatchObject({
        ok: false,
        unanswered: true,
        error: { code: 'NETWORK' },
      });
      expect(await sandbox.control.kieTasks()).toHaveLength(1);
    });

    it('uploads the very photo, which can be read then', async () => {
      const photo = randomBytes(3_000_000);
      const storageKey = await stored(photo);
      const answer = await client.upload(KEY, { storageKey, fileName: 'a1b2', contentType: 'image/webp' });
      if (!answer.ok) throw new Error(answer.error.message);
      expect(Buffer.from(await (await fetch(answer.value)).arrayBuffer()).equals(photo)).toBe(true);
      expect(await sandbox.control.kieUploads()).toMatchObject([
        {
          account: 'main',
          fileName: 'a1b2',
          mimeType: 'image/webp',
          sha256: createHash('sha256').update(photo).digest('hex'),
        },
      ]);
    });

    it('has no photo to upload when it is gone', async () => {
      const photo = { storageKey: 'photos/gone.jpg', fileName: 'gone.jpg', contentType: 'image/jpeg' };
      expect(await client.upload(KEY, photo)).toMatchObject({ ok: false, error: { code: 'PHOTO_GONE' } });
    });

    it('asks for the credits of the account, and for nothing with a wrong key', async () => {
      await sandbox.control.setKieAccount('main', { balance: 12.5 });
      expect(await client.credit(KEY)).toEqual({ ok: true, value: 12.5 });
      const storageKey = await stored(Buffer.from('photo'));
      const answers = [
        await client.credit(NO_KEY),
        await client.createTask(NO_KEY, TASK),
        await client.recordInfo(NO_KEY, 'task_1'),
        await client.upload(NO_KEY, { storageKey, fileName: 'a.jpg', contentType: 'image/jpeg' }),
      ];
      for (const answer of answers) {
        expect(answer).toMatchObject({ ok: false, error: { class: 'CONFIG', detail: 'key_invalid', code: '401' } });
        expect(answer).not.toHaveProperty('unanswered');
      }
    });
  });

  describe('at a KIE that behaves badly', () => {
    let kie: RudeKie;
    let client: HttpKieClient;

    beforeEach(async () => {
      kie = await RudeKie.start();
      const doors = new KieDoors({ ...CONFIG, kieBaseUrl: kie.url, kieUploadBaseUrl: kie.url }, {});
      client = new HttpKieClient(new KieCalls(hasty), doors, storage, clock);
    });
    afterEach(() => kie.stop());

    const SUCCESS = { code: 200, msg: 'success' };

    it.each([
      ['at once', 200, { ...SUCCESS, data: { taskId: 'task_1' } }],
      ['beside a code of failure', 200, { code: 505, msg: 'success', data: { taskId: 'task_1' } }],
      ['beside a status of failure', 500, { code: 500, message: 'x', data: { taskId: 'task_1', recordId: null } }],
      ['in text', 200, { ...SUCCESS, data: '{"taskId":"task_1"}' }],
    ])('believes that a task is there: %s', async (_what, status, body) => {
      kie.says(status, body);
      expect(await client.createTask(KEY, TASK)).toEqual({ ok: true, value: { taskId: 'task_1' } });
    });

    it.each([
      ['a page of a gateway that has waited', 504, '<html>504</html>', 'UNREADABLE'],
      ['a page of who does not know', 520, '<html>520</html>', 'UNREADABLE'],
      ['a page in place of KIE', 200, '<html>Just a moment…</html>', 'UNREADABLE'],
      ['JSON that breaks off', 200, '{"code":200,"data":{"taskId":"ta', 'UNREADABLE'],
      ['nothing', 200, '', 'UNREADABLE'],
      ['no task', 200, { ...SUCCESS, data: {} }, 'UNREADABLE'],
      ['no code', 200, {}, 'UNREADABLE'],
      ['JSON of a gateway', 504, { message: 'Endpoint request timed out' }, '504'],
    ])('does not know whether it was made: %s', async (_what, status, body, code) => {
      kie.says(status, body);
      expect(await client.createTask(KEY, TASK)).toMatchObject({
        ok: false,
        unanswered: true,
        error: { class: 'TEMPORARY', code },
      });
      expect(kie.calls).toBe(1);
    });

    it.each([
      ['500 and words of money', 500, { code: 500, message: "Your current balance isn't enough" }, 'BILLING'],
      ['500 of its own', 500, { code: 500, msg: 'Server exception' }, 'TEMPORARY'],
      ['a server that is away', 503, '<html>503</html>', 'TEMPORARY'],
      ['Cloudflare that finds no server', 521, '<html>521</html>', 'TEMPORARY'],
      ['Cloudflare that does not know us', 403, 'error code: 1010', 'CONFIG'],
      ['a redirect', 302, '', 'TEMPORARY'],
    ])('knows that none was made: %s', async (_what, status, body, expected) => {
      kie.says(status, body, { location: 'https://elsewhere.example/' });
      const answer = await client.createTask(KEY, TASK);
      expect(answer).toMatchObject({ ok: false, error: { class: expected } });
      expect(answer).not.toHaveProperty('unanswered');
      expect(kie.calls).toBe(1);
    });

    it('gives up on an answer that is too slow, cut or too long', async () => {
      kie.answers(() => undefined);
      expect(await client.createTask(KEY, TASK)).toMatchObject({ unanswered: true, error: { code: 'TIMEOUT' } });
      kie.answers((_request, response) => response.writeHead(200, { 'content-length': '90' }).write('{"code":200,'));
      expect(await client.createTask(KEY, TASK)).toMatchObject({ unanswered: true, error: { code: 'TIMEOUT' } });
      kie.answers((_request, response) => response.destroy());
      expect(await client.createTask(KEY, TASK)).toMatchObject({ unanswered: true, error: { code: 'NETWORK' } });
      kie.says(200, 'x'.repeat(2_000_000));
      expect(await client.createTask(KEY, TASK)).toMatchObject({ unanswered: true, error: { code: 'NETWORK' } });
    });

    it('knows that nobody was reached', async () => {
      const doors = new KieDoors({ ...CONFIG, kieBaseUrl: 'http://127.0.0.1:9' }, {});
      const nowhere = new HttpKieClient(new KieCalls(hasty), doors, storage, clock);
      const answer = await nowhere.createTask(KEY, TASK);
      expect(answer).toMatchObject({ ok: false, error: { class: 'TEMPORARY', code: 'NETWORK' } });
      expect(answer).not.toHaveProperty('unanswered');
    });

    it('looks once, and trusts a task more than the code around it', async () => {
      kie.says(503, '<html>503</html>');
      expect(await client.recordInfo(KEY, 'task_1')).toMatchObject({ ok: false, error: { class: 'TEMPORARY' } });
      expect(kie.calls).toBe(1);
      kie.says(200, { code: 505, msg: 'x', data: { taskId: 'task_1', state: 'waiting' } });
      expect(await client.recordInfo(KEY, 'task_1')).toMatchObject({
        ok: true,
        value: { result: { state: 'working' } },
      });
    });

    it.each([
      [404, { code: 404, msg: 'Not found' }],
      [200, { code: 404, message: 'Not found' }],
      [200, { code: 422, msg: 'recordInfo is null' }],
    ])('hears that a task is not known: %d %j', async (status, body) => {
      kie.says(status, body);
      expect(await client.recordInfo(KEY, 'task_1')).toMatchObject({
        ok: true,
        value: { result: { state: 'unknown' } },
      });
    });

    it.each([
      [404, '<html>404</html>', { code: 'UNREADABLE' }],
      [200, { ...SUCCESS, data: null }, { class: 'TEMPORARY', code: 'UNREADABLE' }],
      [200, { ...SUCCESS, data: { state: 'flying' } }, { class: 'TEMPORARY', code: 'UNREADABLE' }],
      [200, { code: 401, msg: 'x' }, { class: 'CONFIG', detail: 'key_invalid' }],
      [429, { code: 429, msg: 'x' }, { class: 'RATE_LIMIT', retryAfterSec: 3 }],
    ])('cannot look: %d %j', async (status, body, error) => {
      kie.says(status, body, { 'retry-after': '3' });
      expect(await client.recordInfo(KEY, 'task_1')).toMatchObject({ ok: false, error });
    });

    it('takes each shape of an upload, and none without an address', async () => {
      const storageKey = await stored(Buffer.from('photo'));
      const upload = () => client.upload(KEY, { storageKey, fileName: 'a.jpg', contentType: 'image/jpeg' });
      kie.says(200, { success: true, code: 200, data: { fileId: '1', fileUrl: 'https://a.example/1.jpg' } });
      expect(await upload()).toEqual({ ok: true, value: 'https://a.example/1.jpg' });
      kie.says(200, { success: true, code: 200, data: { downloadUrl: 'javascript:alert(1)' } });
      expect(await upload()).toMatchObject({ ok: false, error: { code: 'UNREADABLE' } });
      kie.says(500, { success: false, code: 500, msg: 'Upload failed' });
      expect(await upload()).toMatchObject({ ok: false, error: { class: 'TEMPORARY', code: '500' } });
      kie.answers((_request, response) => response.destroy());
      expect(await upload()).toMatchObject({ ok: false, error: { code: 'NETWORK' } });
    });

    it.each([
      ['100', 100],
      [0.5, 0.5],
    ])('takes credits that are %j', async (data, expected) => {
      kie.says(200, { ...SUCCESS, data });
      expect(await client.credit(KEY)).toEqual({ ok: true, value: expected });
    });

    it('takes no credits that are none', async () => {
      kie.says(200, { ...SUCCESS, data: { credits: 1 } });
      expect(await client.credit(KEY)).toMatchObject({ ok: false, error: { code: 'UNREADABLE' } });
    });
  });
});
