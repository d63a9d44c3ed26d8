import type { INestApplication } from '@nestjs/common';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Database } from '../../../src/platform/database/database.js';
import { Drain } from '../../../src/platform/queue/drain.js';
import { Slots } from '../../../src/platform/slots/slots.js';
import { Storage } from '../../../src/platform/storage/storage.js';
import { ANNA_ID, FIRST_ID, JOHN_ID } from '../../../src/sandbox/testing/test-sandbox.js';
import { Outbox } from '../../../src/telegram/index.js';
import { BotsHealth } from '../../../src/telegram/bots/bots.health.js';
import { BotRegistry } from '../../../src/telegram/bots/bot-registry.js';
import { BotApiCall } from '../../../src/telegram/outbox/bot-api-call.js';
import type { OutboxMessage } from '../../../src/telegram/outbox/outbox-message.entity.js';
import { eventually } from '../../support/eventually.js';
import { telegramWorld, type TelegramWorld } from '../../support/telegram.js';

const UPLOADS_AT_ONCE = 10;

describe('uploads', () => {
  let world: TelegramWorld;
  let app: INestApplication;
  let outbox: Outbox;
  let keys = 0;

  beforeEach(async () => {
    world = await telegramWorld();
    app = await world.start();
    outbox = app.get(Outbox);
    for (const userId of [ANNA_ID, JOHN_ID]) await world.control.write(FIRST_ID, userId, '/start');
    await world.control.messageWith(FIRST_ID, JOHN_ID, 'first en /start');
    await world.control.messageWith(FIRST_ID, ANNA_ID, 'first ru /start');
  });
  afterEach(async () => {
    await world.control.request('DELETE', '/faults');
    await world.close();
  });

  const rowOf = async (key: string) => {
    const sql = 'SELECT state, unknowns FROM telegram_outbox WHERE key = $1';
    return (await app.get(Database).query<{ state: string; unknowns: number }>(sql, [key]))[0];
  };
  const storeFile = async (content: string | Buffer = 'bytes of a video') => {
    const path = join(world.dataDir, `file-${(keys += 1)}`);
    writeFileSync(path, content);
    await app.get(Storage).adopt(`uploads/${keys}.mp4`, path);
    return { key: `uploads/${keys}.mp4`, filename: 'video.mp4' };
  };
  const oweVideo = async (chatId: number, video: { key: string; filename: string }) => {
    const key = `video:${(keys += 1)}`;
    await outbox.sendMedia({
      key,
      bot: 'first',
      chatId,
      lane: key,
      kind: 'result',
      method: 'sendVideo',
      params: {},
      files: { video },
    });
    return key;
  };
  const held = async (calls: number) =>
    eventually(async () => (await world.control.faults()).some((fault) => fault.held === calls), 20_000);

  it('hold up no words, however many go on', async () => {
    await world.control.addFault({ method: 'sendVideo', kind: 'hang', when: 'before' });
    for (let index = 0; index < UPLOADS_AT_ONCE * 3; index += 1) await oweVideo(500_000 + index, await storeFile());
    await held(UPLOADS_AT_ONCE);
    await outbox.send({ key: 'words', bot: 'first', chatId: ANNA_ID, kind: 'status', text: 'right away' });
    await eventually(async () => (await rowOf('words'))?.state === 'sent', 3_000);
  });

  it('are no more at once than the operator allows', async () => {
    await app.get(Slots).set('telegram_upload', 2);
    await world.control.addFault({ method: 'sendVideo', kind: 'hang', when: 'before' });
    for (let index = 0; index < 5; index += 1) await oweVideo(600_000 + index, await storeFile());
    await held(2);
    // Time for a third to begin: words that are owed afterwards have gone.
    await outbox.send({ key: 'meanwhile', bot: 'first', chatId: ANNA_ID, kind: 'status', text: 'meanwhile' });
    await eventually(async () => (await rowOf('meanwhile'))?.state === 'sent');
    await held(2);
  });

  it('take the place of paths when the server is found not to be in its local mode, and health says so (point 21)', async () => {
    await app.close();
    await world.control.post('/settings', { local: false });
    app = await world.start({ TELEGRAM_LOCAL_FILES: 'true' });
    outbox = app.get(Outbox);
    const key = await oweVideo(JOHN_ID, await storeFile());
    await eventually(async () => (await rowOf(key))?.state === 'sent');
    const { reason } = await app.get(BotsHealth).check();
    expect(reason).toContain('start it with --local');
  });

  it('that Telegram has in full are waited for at the end of the process, but not for long', async () => {
    await world.control.addFault({ method: 'sendVideo', kind: 'hang', when: 'before' });
    const key = await oweVideo(JOHN_ID, await storeFile());
    await held(1);
    await app.get(Drain).beforeApplicationShutdown();
    expect(await rowOf(key)).toEqual({ state: 'pending', unknowns: 1 });
  });

  it('that are cut short by the end of the process have not happened, and go on in the next', async () => {
    const deaf = createServer((socket) => socket.pause());
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    app.get(BotRegistry).get('first').telegraf.telegram.options.apiRoot =
      `http://127.0.0.1:${(deaf.address() as AddressInfo).port}`;
    const connected = new Promise((resolve) => deaf.once('connection', resolve));
    const key = await oweVideo(JOHN_ID, await storeFile(Buffer.alloc(64 * 1024 * 1024)));
    await connected;
    await eventually(async () => (await rowOf(key))?.state === 'sending');
    const start = Date.now();
    await app.get(Drain).beforeApplicationShutdown();
    deaf.close();
    expect(Date.now() - start).toBeLessThan(3_000);
    expect(await rowOf(key)).toEqual({ state: 'pending', unknowns: 0 });
  });

  it('leave no file open when one of several is missing', async () => {
    const open = () => readdirSync('/proc/self/fd').length;
    const api = app.get(BotApiCall);
    const before = open();
    for (let index = 0; index < 50; index += 1) {
      const files = { video: await storeFile(), thumbnail: { key: 'missing', filename: 't.jpg' } };
      const message = { bot: 'first', chatId: JOHN_ID, files } as unknown as OutboxMessage;
      await expect(api.make(message, { method: 'sendVideo', params: {} })).rejects.toThrow(/no longer there/);
    }
    await eventually(() => open() - before < 25);
  });
});
