import { appendFile, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Input, Telegram } from 'telegraf';
import { ManualClock } from '../platform/clock/testing/manual-clock.js';
import { startSandbox } from './start-sandbox.js';
import { CallbackListener, KieCustomer } from './testing/kie-client.js';
import { OAuthClient } from './testing/oauth-client.js';
import { ANNA_ID, FIRST_BOT, FIRST_ID, startTestSandbox } from './testing/test-sandbox.js';

/** The folder as a killed process leaves it: copied while the sandbox runs, with a line that was not finished. */
async function asAfterKill(dataDir: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'nexus-sandbox-killed-'));
  await cp(dataDir, copy, { recursive: true });
  const folder = join(copy, 'sandbox');
  for (const name of await readdir(folder)) if (name.startsWith('owner.')) await rm(join(folder, name));
  await appendFile(join(folder, 'journal.jsonl'), '{"t":"messages","k":"half of a li');
  return copy;
}

describe('a sandbox whose process was killed', () => {
  it('has its chats, updates, files, webhooks and numbers again', async () => {
    const before = await startTestSandbox();
    const telegram = new Telegram(FIRST_BOT.token, { apiRoot: before.sandbox.apiRoot });
    const read = await before.control.write(FIRST_ID, ANNA_ID, '/start');
    await telegram.callApi('getUpdates', { offset: read.updateId + 1 });
    const { video } = await telegram.sendVideo(ANNA_ID, Input.fromBuffer(Buffer.from('bytes'), 'v.mp4'));
    await telegram.setMyCommands([{ command: 'start', description: 'Begin' }]);
    const user = await before.control.post<{ id: number }>('/users', { firstName: 'Eva', languageCode: 'ru' });
    const unread = await before.control.write(FIRST_ID, user.id, 'unread');
    const dataDir = await asAfterKill(before.dataDir);
    await before.stop();

    const after = await startTestSandbox({ dataDir });
    const again = new Telegram(FIRST_BOT.token, { apiRoot: after.sandbox.apiRoot });
    const texts = (await after.control.messages(FIRST_ID, ANNA_ID)).map(
      ({ text, video: kept }) => text ?? kept?.file_id,
    );
    expect(texts).toEqual(['/start', video.file_id]);
    expect(await again.callApi('getUpdates', {})).toMatchObject([
      { update_id: unread.updateId, message: { text: 'unread', from: { id: user.id, first_name: 'Eva' } } },
    ]);
    expect(await (await fetch(await again.getFileLink(video.file_id))).text()).toBe('bytes');
    expect(await again.getMyCommands()).toHaveLength(1);
    const next = await after.control.write(FIRST_ID, ANNA_ID, 'next');
    expect(next.updateId).toBe(unread.updateId + 1);
    expect(next.message.message_id).toBe(unread.message.message_id + 1);

    await again.setWebhook('http://127.0.0.1:9/', { secret_token: 'kept' });
    await after.stop();
    const third = await startTestSandbox({ dataDir });
    expect(await new Telegram(FIRST_BOT.token, { apiRoot: third.sandbox.apiRoot }).getWebhookInfo()).toMatchObject({
      url: 'http://127.0.0.1:9/',
    });
    await third.stop();
    await rm(dataDir, { recursive: true });
  });
});

describe('a job of an outside API', () => {
  it('goes on after its process was killed in the middle of the polls', async () => {
    const before = await startTestSandbox();
    await before.control.scriptApi({
      api: 'savenow',
      behaviour: 'pending',
      polls: 2,
      sample: 'vertical.mp4',
      times: 1,
    });
    const link = encodeURIComponent('https://youtu.be/jNQXAC9IVRw');
    const asked = await fetch(`${before.sandbox.apis.savenow ?? ''}/ajax/download.php?format=720&url=${link}`);
    const { progress_url: url } = (await asked.json()) as { progress_url: string };
    const poll = async (root: string): Promise<{ progress: number; download_url?: string }> => {
      const { pathname, search } = new URL(url);
      return (await (await fetch(root + pathname + search)).json()) as { progress: number; download_url?: string };
    };
    expect(await poll(before.sandbox.apiRoot)).toMatchObject({ progress: 50 });
    const dataDir = await asAfterKill(before.dataDir);
    await before.stop();

    const after = await startTestSandbox({ dataDir });
    expect(await poll(after.sandbox.apiRoot)).toMatchObject({ progress: 400 });
    const done = await poll(after.sandbox.apiRoot);
    expect(done.progress).toBe(1000);
    expect(done.download_url).toContain(`${after.sandbox.mediaUrl}/vertical.mp4?`);
    await after.stop();
    await rm(dataDir, { recursive: true });
  });
});

describe('KIE', () => {
  it('has its tasks, money and photos again, and calls back, after its process was killed', async () => {
    const clock = new ManualClock();
    const listener = await CallbackListener.start();
    const before = await startTestSandbox({ clock });
    const kie = new KieCustomer(before.sandbox.apis.kie ?? '');
    const taskId = await kie.made('A mug kie:429=0 kie:after=60', listener.url('job'));
    const photo = { base64Data: 'bWluZQ==', uploadPath: 'photos', fileName: 'mine.png' };
    const { body } = await kie.call('POST', '/api/file-base64-upload', photo);
    const { pathname } = new URL((body.data as { downloadUrl: string }).downloadUrl);
    const dataDir = await asAfterKill(before.dataDir);
    await before.stop();

    const after = await startTestSandbox({ dataDir, clock });
    const again = new KieCustomer(after.sandbox.apis.kie ?? '');
    expect((await again.task(taskId)).state).toBe('waiting');
    expect((await again.call('GET', '/api/v1/chat/credit')).body.data).toBe(999_940);
    expect(await (await fetch(after.sandbox.apiRoot + pathname)).text()).toBe('mine');
    expect(listener.calls).toEqual([]);
    clock.advance(60_000);
    await vi.waitFor(() => expect(listener.of('job')).toHaveLength(1));
    expect((await again.task(taskId)).state).toBe('success');
    await after.stop();
    await listener.stop();
    await rm(dataDir, { recursive: true });
  });
});

describe('an authorisation server', () => {
  it('knows codes, tokens and consents again after its process was killed', async () => {
    const before = await startTestSandbox();
    const client = new OAuthClient('google', before.sandbox.apis.google ?? '');
    const tokens = await client.connect();
    const code = await client.authorize();
    const dataDir = await asAfterKill(before.dataDir);
    await before.stop();

    const after = await startTestSandbox({ dataDir });
    const again = new OAuthClient('google', after.sandbox.apis.google ?? '');
    expect((await again.whoAmI(tokens.access_token)).status).toBe(200);
    expect((await again.refresh(tokens)).status).toBe(200);
    expect((await again.exchange(code)).body).toHaveProperty('refresh_token');
    const unprompted = await again.exchange(await again.authorize({}, { prompt: '' }));
    expect(unprompted.body).not.toHaveProperty('refresh_token');
    await after.stop();
    await rm(dataDir, { recursive: true });
  });
});

describe('several sandboxes', () => {
  it('on one data folder are one: the second joins and brings its bots', async () => {
    const first = await startTestSandbox();
    const second = await startTestSandbox({
      dataDir: first.dataDir,
      bots: [{ token: '300:third', username: 'third_bot', name: 'Third' }],
    });

    expect(second.sandbox).toMatchObject({
      owner: false,
      apiRoot: first.sandbox.apiRoot,
      mediaHost: first.sandbox.mediaHost,
      apis: first.sandbox.apis,
    });
    expect(second.sandbox.apis).toMatchObject({ cobalt: `${first.sandbox.apiRoot}/apis/cobalt` });
    await second.stop();

    expect(await first.control.get('/bots')).toMatchObject([{}, {}, { id: 300, name: 'Third', mode: 'off' }]);
    await first.stop();
  });

  it('started together on one folder have one owner', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'nexus-sandbox-together-'));
    const started = await Promise.all([1, 2, 3].map(() => startTestSandbox({ dataDir })));
    expect(started.filter(({ sandbox }) => sandbox.owner)).toHaveLength(1);
    expect(new Set(started.map(({ sandbox }) => sandbox.apiRoot)).size).toBe(1);
    for (const test of started) await test.stop();
    await rm(dataDir, { recursive: true });
  });

  it('says so when a stranger has its port, and lets go of the folder', async () => {
    const stranger = createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const dataDir = await mkdtemp(join(tmpdir(), 'nexus-sandbox-port-'));
    const options = { host: '127.0.0.1', mediaPort: 0, dataDir, bots: [], log: () => undefined };

    await expect(startSandbox({ ...options, port })).rejects.toThrow(
      `The sandbox Bot API cannot listen on 127.0.0.1:${port}: another program uses that port`,
    );

    stranger.close();
    const sandbox = await startSandbox({ ...options, port: 0 });
    expect(sandbox.owner).toBe(true);
    await sandbox.close();
    await rm(dataDir, { recursive: true });
  });

  it('listens on loopback only', async () => {
    await expect(
      startSandbox({ host: '0.0.0.0', port: 0, mediaPort: 0, dataDir: tmpdir(), bots: [], log: () => undefined }),
    ).rejects.toThrow('loopback only');
  });
});
