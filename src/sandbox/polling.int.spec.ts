import { Telegraf } from 'telegraf';
import { message } from 'telegraf/filters';
import { until } from './testing/control-client.js';
import {
  ANNA_ID,
  FIRST_BOT,
  FIRST_ID,
  JOHN_ID,
  SECOND_BOT,
  SECOND_ID,
  startTestSandbox,
  type TestSandbox,
} from './testing/test-sandbox.js';

describe('telegraf polling the sandbox', () => {
  let test: TestSandbox;
  let bots: Telegraf[];

  beforeAll(async () => {
    test = await startTestSandbox();
    bots = [FIRST_BOT, SECOND_BOT].map(({ token, name }) => {
      const bot = new Telegraf(token, { telegram: { apiRoot: test.sandbox.apiRoot } });
      bot.start((ctx) => ctx.reply(`${name} greets ${ctx.from.first_name} (${ctx.from.language_code}) ${ctx.payload}`));
      bot.on('callback_query', async (ctx) => {
        await ctx.answerCbQuery('Pressed', { show_alert: true });
        await ctx.editMessageText('Thank you');
      });
      bot.on(message('text'), (ctx) => ctx.reply(`${name} heard ${ctx.message.text}`));
      return bot;
    });
    for (const bot of bots) void bot.launch({ allowedUpdates: ['message', 'callback_query'] });
  });

  afterAll(async () => {
    for (const bot of bots) bot.stop();
    await test.stop();
  });

  it('gives each bot its own updates and its own name', async () => {
    const { control } = test;
    await control.write(FIRST_ID, ANNA_ID, '/start from-a-link');
    await control.write(SECOND_ID, JOHN_ID, '/start');

    expect(await control.messageWith(FIRST_ID, ANNA_ID, 'greets')).toMatchObject({
      text: 'First greets Anna (ru) from-a-link',
      from: { id: FIRST_ID, is_bot: true, username: 'first_bot' },
      chat: { id: ANNA_ID, type: 'private', first_name: 'Anna' },
    });
    expect(await control.messageWith(SECOND_ID, JOHN_ID, 'greets')).toMatchObject({ text: 'Second greets John (en)' });
    expect(await control.messages(FIRST_ID, JOHN_ID)).toEqual([]);
    expect(await control.get('/bots')).toMatchObject([{ mode: 'polling' }, { mode: 'polling' }]);
  });

  it('waits with an answer until there is an update, and delivers none twice', async () => {
    const { control } = test;
    const before = (await control.calls({ botId: FIRST_ID, method: 'getUpdates' })).length;
    for (const text of ['one', 'two', 'three']) await control.write(FIRST_ID, ANNA_ID, text);
    await control.messageWith(FIRST_ID, ANNA_ID, 'heard three');

    const texts = (await control.messages(FIRST_ID, ANNA_ID)).map(({ text }) => text);
    for (const text of ['one', 'two', 'three']) {
      expect(texts.filter((said) => said === `First heard ${text}`)).toHaveLength(1);
    }
    const polls = (await control.calls({ botId: FIRST_ID, method: 'getUpdates' })).length - before;
    expect(polls).toBeLessThanOrEqual(4);
  });

  it('carries a press to the bot and its answer back', async () => {
    const { control } = test;
    await control.write(FIRST_ID, ANNA_ID, '/start');
    await bots[0]?.telegram.sendMessage(ANNA_ID, 'Choose', {
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go:1' }]] },
    });
    const { message_id } = await control.messageWith(FIRST_ID, ANNA_ID, 'Choose');

    const { callbackQueryId } = await control.press(FIRST_ID, ANNA_ID, message_id, 'go:1');

    const edited = await control.messageWith(FIRST_ID, ANNA_ID, 'Thank you');
    expect(edited).toMatchObject({ message_id, edit_date: expect.any(Number) as number });
    expect(edited.reply_markup).toBeUndefined();
    expect(await control.get(`/callbacks/${callbackQueryId}`)).toMatchObject({
      answered: true,
      text: 'Pressed',
      showAlert: true,
      data: 'go:1',
    });
  });

  it('delivers an update again when it is told to', async () => {
    const { control } = test;
    const { updateId } = await control.write(FIRST_ID, ANNA_ID, 'again');
    await control.messageWith(FIRST_ID, ANNA_ID, 'heard again');

    await control.post(`/bots/${FIRST_ID}/updates/${updateId}/repeat`, { times: 2 });

    const count = await until(async () => {
      const heard = (await control.messages(FIRST_ID, ANNA_ID)).filter(({ text }) => text === 'First heard again');
      return heard.length >= 3 && heard.length;
    });
    expect(count).toBe(3);
  });

  it('lets a bot answer people and chats that came with a raw update', async () => {
    const { control } = test;
    const [from, chat] = [
      { id: 77, is_bot: false, first_name: 'Zoe' },
      { id: 77, type: 'private', first_name: 'Zoe' },
    ];
    const raw = { message_id: 5, date: 1_700_000_000, from, chat, text: 'raw' };

    const { updateId } = await control.post<{ updateId: number }>(`/bots/${FIRST_ID}/updates`, { message: raw });

    expect(updateId).toBeGreaterThan(100_000_000);
    expect(await control.messageWith(FIRST_ID, 77, 'heard raw')).toMatchObject({ chat: { first_name: 'Zoe' } });
  });
});

describe('two pollers', () => {
  it('end each other with 409, and a webhook ends both', async () => {
    const test = await startTestSandbox();
    const call = (method: string, body: object): Promise<Response> =>
      fetch(`${test.sandbox.apiRoot}/bot${FIRST_BOT.token}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    try {
      const first = call('getUpdates', { timeout: 30 });
      await until(async () => (await test.control.get<{ mode: string }[]>('/bots'))[0]?.mode === 'polling');
      const second = call('GETUPDATES', { timeout: 30 });
      expect(await (await first).json()).toMatchObject({
        error_code: 409,
        description: expect.stringContaining('terminated by other getUpdates request') as string,
      });

      await call('setWebhook', { url: 'http://127.0.0.1:9/nowhere' });

      expect((await second).status).toBe(409);
      expect(await (await call('getUpdates', {})).json()).toMatchObject({
        description: expect.stringContaining("can't use getUpdates method while webhook is active") as string,
      });
    } finally {
      await test.stop();
    }
  });
});
