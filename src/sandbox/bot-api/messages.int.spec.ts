import { Telegram } from 'telegraf';
import { refusal } from '../testing/control-client.js';
import {
  ANNA_ID,
  FIRST_BOT,
  FIRST_ID,
  JOHN_ID,
  SECOND_BOT,
  SECOND_ID,
  startTestSandbox,
  type TestSandbox,
} from '../testing/test-sandbox.js';

describe('messages in the sandbox', () => {
  let test: TestSandbox;
  let telegram: Telegram;

  beforeAll(async () => {
    test = await startTestSandbox();
    telegram = new Telegram(FIRST_BOT.token, { apiRoot: test.sandbox.apiRoot });
    await test.control.write(FIRST_ID, ANNA_ID, '/start');
  });

  afterAll(() => test.stop());

  const send = (
    text: string,
    extra: Parameters<Telegram['sendMessage']>[2] = {},
  ): ReturnType<Telegram['sendMessage']> => telegram.sendMessage(ANNA_ID, text, extra);

  it('refuses what Telegram refuses', async () => {
    const button = (data: string) => ({ reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: data }]] } });
    const { message_id } = await send('hello');
    const edit = (text: string): Promise<unknown> => telegram.editMessageText(ANNA_ID, message_id, undefined, text);

    const refusals: Record<string, Promise<unknown>> = {
      'Bad Request: message text is empty': send('  '),
      'Bad Request: message is too long': send('x'.repeat(4097)),
      'Bad Request: BUTTON_DATA_INVALID': send('x', button('я'.repeat(33))),
      'Bad Request: chat not found': telegram.sendMessage(JOHN_ID, 'never met'),
      'Bad Request: message to be replied not found': send('x', { reply_parameters: { message_id: 999_999 } }),
      'Bad Request: message to edit not found': telegram.editMessageText(ANNA_ID, 999_999, undefined, 'x'),
      'Bad Request: message to delete not found': telegram.deleteMessage(ANNA_ID, 999_999),
      "Bad Request: message can't be edited": telegram.editMessageText(ANNA_ID, 1, undefined, 'x'),
      'Bad Request: there is no caption in the message to edit': telegram.editMessageCaption(
        ANNA_ID,
        message_id,
        undefined,
        'x',
      ),
      'Bad Request: query is too old and response timeout expired or query ID is invalid': telegram.answerCbQuery('1'),
    };
    for (const [description, call] of Object.entries(refusals)) expect(await refusal(call)).toBe(description);
    expect(await refusal(edit('hello'))).toMatch(
      /^Bad Request: message is not modified: specified new message content/,
    );
    expect(await refusal(send('<b>x', { parse_mode: 'HTML' }))).toMatch(/^Bad Request: can't parse entities: /);
    await expect(edit('x'.repeat(4096))).resolves.toMatchObject({ edit_date: expect.any(Number) as number });
    await expect(send('x', button('я'.repeat(32)))).resolves.toBeDefined();
  });

  it('answers each call with the object that Telegram answers with', async () => {
    const question = await send('question');
    const reply = await send('answer', { reply_parameters: { message_id: question.message_id } });
    expect(reply.reply_to_message).toMatchObject({ message_id: question.message_id, text: 'question' });

    expect(await telegram.copyMessage(ANNA_ID, ANNA_ID, question.message_id)).toEqual({
      message_id: reply.message_id + 1,
    });
    expect(await telegram.forwardMessage(ANNA_ID, ANNA_ID, question.message_id)).toMatchObject({
      text: 'question',
      forward_origin: { type: 'user', sender_user: { id: FIRST_ID } },
    });
    expect(await telegram.setMyCommands([{ command: 'start', description: 'Begin' }])).toBe(true);
    expect(await telegram.getMyCommands()).toEqual([{ command: 'start', description: 'Begin' }]);
    expect(await telegram.getChat(ANNA_ID)).toMatchObject({
      id: ANNA_ID,
      first_name: 'Anna',
      username: 'anna_sandbox',
    });
    expect(await telegram.getChatMember(ANNA_ID, ANNA_ID)).toMatchObject({ status: 'member', user: { id: ANNA_ID } });
    expect(await telegram.setMyDescription('what it does')).toBe(true);
    expect(await telegram.deleteMessages(ANNA_ID, [question.message_id, 999_999])).toBe(true);
    expect(await test.control.messages(FIRST_ID, ANNA_ID)).toContainEqual(
      expect.objectContaining({ message_id: question.message_id, deleted: true }),
    );
    expect(
      await telegram.sendInvoice(ANNA_ID, {
        title: 'Credits',
        description: 'Ten of them',
        payload: 'p',
        provider_token: '',
        currency: 'XTR',
        prices: [{ label: 'x', amount: 50 }],
      }),
    ).toMatchObject({ invoice: { title: 'Credits', currency: 'XTR', total_amount: 50 } });
  });

  it('shows a reply keyboard to people, not to bots', async () => {
    const keyboard = { keyboard: [[{ text: 'Menu' }]], resize_keyboard: true };
    const sent = await send('with keyboard', { reply_markup: keyboard });
    expect(sent).not.toHaveProperty('reply_markup');
    expect((await test.control.messages(FIRST_ID, ANNA_ID)).at(-1)?.reply_markup).toEqual(keyboard);
  });

  it('accepts a press once', async () => {
    const { message_id } = await send('press me', {
      reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'x' }]] },
    });
    const { callbackQueryId } = await test.control.press(FIRST_ID, ANNA_ID, message_id, 'x');
    const other = new Telegram(SECOND_BOT.token, { apiRoot: test.sandbox.apiRoot });
    expect(await refusal(other.answerCbQuery(callbackQueryId))).toContain('query is too old');
    expect(await telegram.answerCbQuery(callbackQueryId)).toBe(true);
    expect(await refusal(telegram.answerCbQuery(callbackQueryId))).toContain('query is too old');
  });

  it('answers 403 to a bot that was blocked, and tells it', async () => {
    const { control } = test;
    await telegram.deleteWebhook({ drop_pending_updates: true });
    await control.post(`/chats/${FIRST_ID}/${ANNA_ID}/block`, { userId: ANNA_ID });
    expect(await refusal(send('hello?'))).toBe('Forbidden: bot was blocked by the user');

    await control.post(`/chats/${FIRST_ID}/${ANNA_ID}/unblock`, { userId: ANNA_ID });
    await expect(send('hello again')).resolves.toBeDefined();
    const updates = await telegram.callApi('getUpdates', {});
    expect(updates).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'kicked', user: { id: FIRST_ID } } } },
      { my_chat_member: { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } } },
    ]);
  });

  it('shares a group between its bots, each with its own updates', async () => {
    const { control } = test;
    const bots = { first: telegram, second: new Telegram(SECOND_BOT.token, { apiRoot: test.sandbox.apiRoot }) };
    for (const bot of Object.values(bots)) await bot.deleteWebhook({ drop_pending_updates: true });
    const group = await control.post<{ id: number }>('/groups', {
      title: 'Team',
      userIds: [ANNA_ID],
      botIds: [FIRST_ID, SECOND_ID],
    });
    expect(group.id).toBeLessThan(0);
    await control.post(`/chats/${SECOND_ID}/${group.id}/messages`, { userId: ANNA_ID, text: 'hi all' });

    for (const bot of Object.values(bots)) {
      const updates = await bot.callApi('getUpdates', {});
      expect(updates).toMatchObject([
        { my_chat_member: { chat: { id: group.id, title: 'Team' } } },
        { message: { message_id: 1, chat: { id: group.id, type: 'supergroup' }, text: 'hi all' } },
      ]);
      await bot.sendMessage(group.id, 'hi');
    }
    expect((await control.messages(FIRST_ID, group.id)).map(({ from }) => from?.id)).toEqual([
      ANNA_ID,
      FIRST_ID,
      SECOND_ID,
    ]);
  });

  it('keeps to the flood limits when it is told to', async () => {
    await test.control.post('/settings', { enforceFlood: true });
    try {
      const results = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => send(`flood ${index}`)));
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.length).toBeLessThan(8);
      expect(refused[0]?.reason).toMatchObject({
        code: 429,
        description: expect.stringMatching(/^Too Many Requests: retry after \d+$/) as string,
        parameters: { retry_after: expect.any(Number) as number },
      });
    } finally {
      await test.control.post('/settings', { enforceFlood: false });
    }
  });

  it('refuses a revoked token with 401 and a malformed one with 404', async () => {
    const status = async (token: string): Promise<number> =>
      (await fetch(`${test.sandbox.apiRoot}/bot${token}/getMe`)).status;
    expect(await status('555:anything')).toBe(200);
    await test.control.post('/tokens/revoke', { token: '555:anything' });
    expect(await status('555:anything')).toBe(401);
    expect(await status('nonsense')).toBe(404);
  });
});
