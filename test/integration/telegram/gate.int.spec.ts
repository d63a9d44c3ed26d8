import type { INestApplication } from '@nestjs/common';
import { ANNA_ID, FIRST_ID, JOHN_ID, SECOND_ID } from '../../../src/sandbox/testing/test-sandbox.js';
import { Database } from '../../../src/platform/database/database.js';
import { Redis } from '../../../src/platform/redis/redis.js';
import { Audience } from '../../../src/telegram/index.js';
import { EchoUpdate } from '../../support/echo-bot.js';
import { eventually } from '../../support/eventually.js';
import { telegramWorld, type TelegramWorld } from '../../support/telegram.js';

describe('the update gate', () => {
  let world: TelegramWorld;
  let app: INestApplication;
  let echo: EchoUpdate;

  beforeAll(async () => {
    world = await telegramWorld();
    app = await world.start();
    echo = app.get(EchoUpdate);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    echo.heard.length = 0;
  });

  it('hands a message to its own bot, which answers through the outbox', async () => {
    const { control } = world;
    await control.write(FIRST_ID, ANNA_ID, 'Привет');
    await control.write(SECOND_ID, JOHN_ID, 'Hello');
    expect((await control.messageWith(FIRST_ID, ANNA_ID, 'first ')).text).toBe('first ru Привет');
    expect((await control.messageWith(SECOND_ID, JOHN_ID, 'second ')).text).toBe('second en Hello');
  });

  it('drops an update that comes again', async () => {
    const { control } = world;
    const { updateId } = await control.write(FIRST_ID, ANNA_ID, 'only once');
    await control.post(`/bots/${FIRST_ID}/updates/${updateId}/repeat`, { times: 3 });
    await control.write(FIRST_ID, ANNA_ID, 'the next');
    await control.messageWith(FIRST_ID, ANNA_ID, 'first ru the next');
    expect(echo.heard).toEqual(['only once', 'the next']);
  });

  it('keeps the order of a chat', async () => {
    const words = Array.from({ length: 30 }, (_, index) => `word ${index}`);
    for (const word of words) await world.control.write(SECOND_ID, JOHN_ID, word);
    await eventually(() => echo.heard.length === words.length);
    expect(echo.heard).toEqual(words);
  });

  it('tells an expected failure in words, and undoes what the handler wrote', async () => {
    await world.control.write(FIRST_ID, ANNA_ID, 'expected');
    await world.control.messageWith(FIRST_ID, ANNA_ID, 'ru:error.echo.expected');
    const texts = (await world.control.messages(FIRST_ID, ANNA_ID)).map(({ text }) => text);
    expect(texts).not.toContain('first ru expected');
    expect(echo.heard).toEqual(['expected']);
  });

  it('tries an unexpected failure again, then apologises once and goes on', async () => {
    await world.control.write(FIRST_ID, JOHN_ID, 'unexpected');
    await world.control.messageWith(FIRST_ID, JOHN_ID, 'en:error.internal');
    expect(echo.heard).toEqual(['unexpected', 'unexpected', 'unexpected']);
    await world.control.write(FIRST_ID, JOHN_ID, 'and on');
    await world.control.messageWith(FIRST_ID, JOHN_ID, 'first en and on');
  });

  it('handles an update later for which there is no room, as often as it takes, and others meanwhile', async () => {
    await world.control.write(FIRST_ID, JOHN_ID, 'later');
    await eventually(() => echo.heard.includes('later'));
    await world.control.write(FIRST_ID, ANNA_ID, 'meanwhile');
    await world.control.messageWith(FIRST_ID, JOHN_ID, 'first en later');
    expect(echo.heard.toSorted()).toEqual(['later', 'later', 'later', 'later', 'meanwhile']);
    expect(echo.heard.at(-1)).toBe('later');
  });

  it('remembers a conversation, for each bot and person and a while', async () => {
    const { control } = world;
    for (const expected of ['1', '2']) {
      await control.write(FIRST_ID, JOHN_ID, 'count');
      await control.messageWith(FIRST_ID, JOHN_ID, `first en count ${expected}`);
    }
    await control.write(SECOND_ID, ANNA_ID, 'count');
    await control.messageWith(SECOND_ID, ANNA_ID, 'second ru count 1');
    expect(await app.get(Redis).client.pTTL(`nexus:session:first:${JOHN_ID}:${JOHN_ID}`)).toBeGreaterThan(0);
  });

  it('passes presses on', async () => {
    const { message } = await world.control.write(FIRST_ID, ANNA_ID, 'with a button');
    await world.control.press(FIRST_ID, ANNA_ID, message.message_id, 'press:me');
    await eventually(() => echo.heard.includes('pressed me'));
  });

  it('polls on after somebody else has set a webhook', async () => {
    await world.control.write(FIRST_ID, ANNA_ID, 'while we poll');
    await eventually(() => echo.heard.includes('while we poll'));
    await world.control.get('/../bot100001:first/setWebhook?url=http://127.0.0.1:9/');
    await world.control.write(FIRST_ID, ANNA_ID, 'past the webhook');
    await eventually(() => echo.heard.includes('past the webhook'));
  });

  it('still drops repeats after Redis has been flushed', async () => {
    const { control } = world;
    const { updateId } = await control.write(SECOND_ID, ANNA_ID, 'before the flush');
    await eventually(() => echo.heard.includes('before the flush'));
    await app.get(Redis).client.flushAll();
    await control.post(`/bots/${SECOND_ID}/updates/${updateId}/repeat`, { times: 2 });
    await control.write(SECOND_ID, ANNA_ID, 'after it');
    await control.messageWith(SECOND_ID, ANNA_ID, 'second ru after it');
    expect(echo.heard).toEqual(['before the flush', 'after it']);
  });
});

describe('the gate while a store is away', () => {
  let world: TelegramWorld;
  let app: INestApplication;
  beforeAll(async () => {
    world = await telegramWorld();
    app = await world.start();
  });
  afterAll(() => world.close());
  afterEach(() => vi.restoreAllMocks());

  /** Of all updates so far. */
  const attempts = async () => {
    const rows = await app.get(Database).query<{ attempts: number }>('SELECT attempts FROM telegram_updates');
    return rows.map((row) => row.attempts);
  };

  it('handles a message in the end that came while there was no Redis for a conversation', async () => {
    const get = vi.spyOn(app.get(Redis).client, 'get');
    for (let attempt = 0; attempt < 2; attempt += 1) get.mockRejectedValueOnce(new Error('The client is offline'));
    await world.control.write(FIRST_ID, ANNA_ID, 'without Redis');
    await eventually(() => app.get(EchoUpdate).heard.includes('without Redis'));
    expect(await attempts()).toEqual([0]);
  });

  it('handles a message in the end whose transactions lost their connections', async () => {
    const database = app.get(Database);
    const seen = vi.spyOn(app.get(Audience), 'seen');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      seen.mockImplementationOnce(async () => {
        await database.query('SELECT pg_terminate_backend(pg_backend_pid())');
        throw new Error('This is not reached');
      });
    }
    await world.control.write(FIRST_ID, JOHN_ID, 'without PostgreSQL');
    await eventually(() => app.get(EchoUpdate).heard.includes('without PostgreSQL'));
    expect(await attempts()).toEqual([0, 0]);
  });
});

describe('the rate limit of a person', () => {
  let world: TelegramWorld;
  beforeEach(async () => {
    world = await telegramWorld();
  });
  afterEach(() => world.close());

  it('says a polite word once and serves the others as ever', async () => {
    const app = await world.start({ BOT_RATE_PER_SEC: '0.01', BOT_RATE_BURST: '3' });
    const { control } = world;
    for (let index = 0; index < 8; index += 1) await control.write(FIRST_ID, ANNA_ID, `flood ${index}`);
    await control.write(FIRST_ID, JOHN_ID, 'me too');
    await control.messageWith(FIRST_ID, JOHN_ID, 'first en me too');
    await control.messageWith(FIRST_ID, ANNA_ID, 'ru:error.too_fast');
    await eventually(async () => {
      const rows = (await control.calls({ method: 'sendMessage', chatId: ANNA_ID })).length;
      return rows === 4;
    });
    expect(app.get(EchoUpdate).heard.filter((text) => text.startsWith('flood'))).toHaveLength(3);
  });

  it('says it as the answer to a press', async () => {
    const { control } = world;
    await world.start({ BOT_RATE_PER_SEC: '0.01', BOT_RATE_BURST: '1' });
    await control.write(FIRST_ID, ANNA_ID, 'with a button');
    const { message_id: messageId } = await control.messageWith(FIRST_ID, ANNA_ID, 'first ru with a button');
    await control.press(FIRST_ID, ANNA_ID, messageId, 'press:me');
    const answer = await eventually(async () => (await control.calls({ method: 'answerCallbackQuery' }))[0]);
    expect(answer.params).toMatchObject({ text: 'ru:error.too_fast' });
    expect(await control.calls({ method: 'sendMessage', chatId: ANNA_ID })).toHaveLength(1);
  });

  it('lets a group talk, and keeps silent there', async () => {
    const { control } = world;
    const members = { title: 'Talkers', userIds: [ANNA_ID, JOHN_ID], botIds: [FIRST_ID] };
    const group = await control.post<{ id: number }>('/groups', members);
    const app = await world.start({ BOT_RATE_PER_SEC: '0.01', BOT_RATE_BURST: '2' });
    const say = (text: string) => control.post(`/chats/${FIRST_ID}/${group.id}/messages`, { userId: ANNA_ID, text });
    for (let index = 0; index < 5; index += 1) await say(`talk ${index}`);
    for (let index = 0; index < 5; index += 1) await say(`/ask ${index}`);
    const handled = `SELECT FROM telegram_updates WHERE chat_id = $1 AND state = 'done'`;
    const database = app.get(Database);
    await eventually(async () => (await database.query(handled, [group.id])).length >= 10);
    const { heard } = app.get(EchoUpdate);
    expect(heard.filter((text) => text.startsWith('talk'))).toHaveLength(5);
    expect(heard.filter((text) => text.startsWith('/ask'))).toHaveLength(2);
    expect(await database.query(`SELECT FROM telegram_outbox WHERE key LIKE 'slow:%'`)).toEqual([]);
  });
});
