import type { INestApplication } from '@nestjs/common';
import { ANNA_ID, FIRST_ID, JOHN_ID, SECOND_ID } from '../../../src/sandbox/testing/test-sandbox.js';
import { Redis } from '../../../src/platform/redis/redis.js';
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

describe('the rate limit of a person', () => {
  let world: TelegramWorld;
  beforeAll(async () => {
    world = await telegramWorld();
  });
  afterAll(() => world.close());

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
});
