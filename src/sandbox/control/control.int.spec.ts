import { Telegram } from 'telegraf';
import { until } from '../testing/control-client.js';
import { ANNA_ID, FIRST_BOT, FIRST_ID, JOHN_ID, startTestSandbox, type TestSandbox } from '../testing/test-sandbox.js';

/** Reads server-sent events into a list until it is stopped. */
async function listen(
  url: string,
  lastEventId?: string,
): Promise<{ events: { id: string; type: string; data: unknown }[]; stop: () => void }> {
  const stop = new AbortController();
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const response = await fetch(url, { signal: stop.signal, headers });
  const events: { id: string; type: string; data: unknown }[] = [];
  const read = async (): Promise<void> => {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
        const type = fields.get('event');
        if (type) events.push({ id: fields.get('id') ?? '', type, data: JSON.parse(fields.get('data') ?? 'null') });
      }
    }
  };
  read().catch(() => undefined);
  return { events, stop: () => stop.abort() };
}

describe('the control API', () => {
  let test: TestSandbox;
  let telegram: Telegram;

  beforeAll(async () => {
    test = await startTestSandbox();
    telegram = new Telegram(FIRST_BOT.token, { apiRoot: test.sandbox.apiRoot });
    await test.control.write(FIRST_ID, ANNA_ID, '/start');
    await test.control.write(FIRST_ID, JOHN_ID, '/start');
  });

  afterAll(() => test.stop());

  it('says who it is, whom there is and what there is to try', async () => {
    expect(await test.control.get('/hello')).toEqual({ app: 'nexus-sandbox', instance: expect.any(String) as string });
    expect(await test.control.get('/users')).toMatchObject([
      { id: ANNA_ID, firstName: 'Anna', languageCode: 'ru' },
      { id: JOHN_ID, firstName: 'John', languageCode: 'en' },
    ]);
    expect(await test.control.get('/media')).toContainEqual({
      path: '/ok.mp4',
      title: 'A good video',
      what: expect.any(String) as string,
      url: `${test.sandbox.mediaUrl}/ok.mp4`,
    });
    expect(await test.control.get('/media')).toContainEqual(
      expect.objectContaining({ title: 'YouTube', url: 'https://www.youtube.com/watch?v=jNQXAC9IVRw' }),
    );
  });

  it('computes the entities of what people write', async () => {
    const { message } = await test.control.write(FIRST_ID, ANNA_ID, '/get https://youtu.be/abc?t=1, please');
    expect(message.entities).toEqual([
      { type: 'bot_command', offset: 0, length: 4 },
      { type: 'url', offset: 5, length: 24 },
    ]);
  });

  it('tells in a stream what happens in a chat, and goes on where a reader left', async () => {
    const url = `${test.sandbox.apiRoot}/control/events?botId=${FIRST_ID}&chatId=${ANNA_ID}`;
    const stream = await listen(url);
    const { message_id } = await telegram.sendMessage(ANNA_ID, 'first');
    await telegram.sendMessage(JOHN_ID, 'not for this stream');
    await telegram.sendChatAction(ANNA_ID, 'upload_video');
    await telegram.editMessageText(ANNA_ID, message_id, undefined, 'second');
    await telegram.deleteMessage(ANNA_ID, message_id);
    await until(() => stream.events.length === 8);
    stream.stop();

    expect(stream.events.map(({ type }) => type)).toEqual([
      ...['message', 'call', 'action', 'call', 'edited', 'call', 'deleted', 'call'],
    ]);
    expect(stream.events[0]?.data).toMatchObject({ message: { message_id, text: 'first', deleted: false } });
    expect(stream.events[6]?.data).toMatchObject({ messageId: message_id });

    const resumed = await listen(url, stream.events[5]?.id);
    await until(() => resumed.events.length === 2);
    resumed.stop();
    expect(resumed.events).toEqual(stream.events.slice(6));
  });

  it('finds calls after a number, by method and chat', async () => {
    const { last } = await test.control.get<{ last: number }>('/calls');
    await telegram.sendMessage(ANNA_ID, 'a');
    await telegram.sendMessage(JOHN_ID, 'b');
    await telegram.sendChatAction(JOHN_ID, 'typing');
    const found = await test.control.calls({ after: last, method: 'sendmessage', chatId: JOHN_ID });
    expect(found).toMatchObject([
      { method: 'sendMessage', params: { text: 'b' }, status: 200, response: { ok: true } },
    ]);
    expect(await test.control.calls({ after: last, limit: 1 })).toMatchObject([{ params: { text: 'a' } }]);
  });

  it('refuses what makes no sense with a sentence', async () => {
    await expect(test.control.write(999, ANNA_ID, 'x')).rejects.toThrow('404 {"error":"bot not found"}');
    await expect(
      test.control.post(`/chats/${FIRST_ID}/${ANNA_ID}/messages`, { userId: JOHN_ID, text: 'x' }),
    ).rejects.toThrow('the user is not in this chat');
    await expect(test.control.post('/faults', { kind: 'fire' })).rejects.toThrow('kind must be');
  });

  it('forgets on reset, but goes on counting', async () => {
    const before = await test.control.write(FIRST_ID, ANNA_ID, 'x');
    await test.control.post('/reset');
    expect(await test.control.messages(FIRST_ID, ANNA_ID)).toEqual([]);
    expect(await test.control.calls()).toEqual([]);
    expect(await telegram.callApi('getUpdates', {})).toEqual([]);
    const after = await test.control.write(FIRST_ID, ANNA_ID, 'y');
    expect(after.updateId).toBe(before.updateId + 1);
    expect(after.message.message_id).toBe(before.message.message_id + 1);
  });
});
