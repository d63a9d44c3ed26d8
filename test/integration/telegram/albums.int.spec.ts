import type { INestApplication } from '@nestjs/common';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TelegramError } from 'telegraf';
import { Database } from '../../../src/platform/database/database.js';
import { Storage } from '../../../src/platform/storage/storage.js';
import { png } from '../../../src/sandbox/testing/pictures.js';
import { FIRST_ID, JOHN_ID } from '../../../src/sandbox/testing/test-sandbox.js';
import { Outbox } from '../../../src/telegram/index.js';
import { BotApiCall } from '../../../src/telegram/outbox/bot-api-call.js';
import { FloodControl } from '../../../src/telegram/outbox/flood-control.js';
import type { OutboxMessage } from '../../../src/telegram/outbox/outbox-message.entity.js';
import { EchoUpdate } from '../../support/echo-bot.js';
import { eventually } from '../../support/eventually.js';
import { telegramWorld, type TelegramWorld } from '../../support/telegram.js';

interface PhotoMessage {
  message_id: number;
  media_group_id: string;
  photo: { file_id: string }[];
}

describe('the outbox, beside single messages', () => {
  let world: TelegramWorld;
  let app: INestApplication;
  let outbox: Outbox;
  let keys = 0;

  beforeAll(async () => {
    world = await telegramWorld();
    app = await world.start();
    outbox = app.get(Outbox);
    await world.control.write(FIRST_ID, JOHN_ID, '/start');
    await world.control.messageWith(FIRST_ID, JOHN_ID, 'first en /start');
  });
  afterAll(() => world.close());
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const newKey = () => `test:${(keys += 1)}`;
  const owed = (chatId = JOHN_ID) => ({ key: newKey(), bot: 'first', chatId, kind: 'result' as const });
  const storePhoto = async (side: number) => {
    const path = join(world.dataDir, `photo-${side}`);
    writeFileSync(path, png(side, side));
    await app.get(Storage).adopt(`albums/${side}.png`, path);
    return { key: `albums/${side}.png`, filename: `${side}.png` };
  };
  const settled = async (key: string) =>
    eventually(async () => app.get(EchoUpdate).settled.find((message) => message.key === key));
  const newGroup = async () => {
    const group = { title: 'Talkers', userIds: [JOHN_ID], botIds: [FIRST_ID] };
    return (await world.control.post<{ id: number }>('/groups', group)).id;
  };

  it('sends an album as one call, and tells of all its messages', async () => {
    const files = { file0: await storePhoto(40), file1: await storePhoto(50) };
    const media = [
      { type: 'photo', media: 'attach://file0', caption: 'A &amp; B', parse_mode: 'HTML' },
      { type: 'photo', media: 'attach://file1' },
    ];
    const album = { ...owed(), topic: 'echo', method: 'sendMediaGroup' as const };
    await outbox.sendMedia({ ...album, params: { media }, files });
    const { state, result } = await settled(album.key);
    expect(state).toBe('sent');
    const messages = result as PhotoMessage[];
    expect(messages).toHaveLength(2);
    expect(new Set(messages.map((message) => message.media_group_id)).size).toBe(1);
    const [shown] = (await world.control.messages(FIRST_ID, JOHN_ID)).filter(({ caption }) => caption === 'A & B');
    expect(shown?.message_id).toBe(messages[0]?.message_id);
    const [row] = await app
      .get(Database)
      .query<{ id: string }>('SELECT message_id AS id FROM telegram_outbox WHERE key = $1', [album.key]);
    expect(Number(row?.id)).toBe(messages[0]?.message_id);

    const ids = messages.map(({ photo }) => ({ type: 'photo', media: photo.at(-1)?.file_id }));
    const again = { ...album, key: newKey() };
    await outbox.sendMedia({ ...again, params: { media: ids } });
    expect((await settled(again.key)).result).toHaveLength(2);
    expect(await world.control.calls({ method: 'sendMediaGroup' })).toHaveLength(2);
  });

  it('changes the buttons of a message that was sent before, also back, and asks for nothing twice', async () => {
    const key = newKey();
    await outbox.send({ ...owed(), key, text: 'with buttons', markup: buttons('first') });
    const { message_id: messageId } = await world.control.messageWith(FIRST_ID, JOHN_ID, 'with buttons');
    const message = { bot: 'first', chatId: JOHN_ID, messageId };
    const shows = (data: string) =>
      eventually(async () => {
        const found = await world.control.messageWith(FIRST_ID, JOHN_ID, 'with buttons');
        return JSON.stringify(found.reply_markup) === JSON.stringify(buttons(data));
      });
    for (const data of ['second', 'first', 'second']) {
      await outbox.changeButtons(message, buttons(data));
      await outbox.changeButtons(message, buttons(data));
      await shows(data);
    }
    expect(await world.control.calls({ method: 'editMessageReplyMarkup' })).toHaveLength(3);
  });

  it('follows a group that has become a supergroup', async () => {
    const [old, supergroup] = [-4_242, await newGroup()];
    const api = app.get(BotApiCall);
    const make = api.make.bind(api);
    vi.spyOn(api, 'make').mockImplementation((message, call) =>
      message.chatId === old ? Promise.reject(upgradedTo(supergroup)) : make(message, call),
    );
    await outbox.send({ ...owed(old), text: 'for the group' });
    await outbox.send({ ...owed(old), text: 'and one more' });
    await world.control.messageWith(FIRST_ID, supergroup, 'for the group');
    await world.control.messageWith(FIRST_ID, supergroup, 'and one more');
  });

  it('lets at most twenty messages into a group within any minute', async () => {
    const flood = app.get(FloodControl);
    const message = { bot: 'first', chatId: -77, kind: 'status', method: 'sendMessage' } as OutboxMessage;
    let atOnce = 0;
    while ((await flood.waitMs(message)) === 0) atOnce += 1;
    const perMinute = 60_000 / (await flood.waitMs(message));
    expect(atOnce).toBeGreaterThan(1);
    expect(atOnce + Math.floor(perMinute)).toBeLessThanOrEqual(20);
  });
});

function buttons(data: string) {
  return { inline_keyboard: [[{ text: data, callback_data: data }]] };
}

function upgradedTo(chatId: number): TelegramError {
  const description = 'Bad Request: group chat was upgraded to a supergroup chat';
  return new TelegramError({ error_code: 400, description, parameters: { migrate_to_chat_id: chatId } });
}
