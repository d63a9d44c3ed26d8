import { Telegram } from 'telegraf';
import { refusal, until } from './testing/control-client.js';
import { ANNA_ID, FIRST_BOT, FIRST_ID, startTestSandbox, type TestSandbox } from './testing/test-sandbox.js';

describe('faults on demand', () => {
  let test: TestSandbox;
  let telegram: Telegram;

  beforeAll(async () => {
    test = await startTestSandbox();
    telegram = new Telegram(FIRST_BOT.token, { apiRoot: test.sandbox.apiRoot });
    await test.control.write(FIRST_ID, ANNA_ID, '/start');
  });

  afterEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const texts = async (): Promise<(string | undefined)[]> =>
    (await test.control.messages(FIRST_ID, ANNA_ID)).map(({ text }) => text);

  it('answers with an error as many times as said, for the method said', async () => {
    await test.control.addFault({
      method: 'sendMessage',
      times: 1,
      kind: 'error',
      status: 429,
      description: 'Too Many Requests: retry after 7',
      retryAfter: 7,
    });
    expect(await telegram.sendChatAction(ANNA_ID, 'typing')).toBe(true);
    await expect(telegram.sendMessage(ANNA_ID, 'x')).rejects.toMatchObject({
      code: 429,
      parameters: { retry_after: 7 },
    });
    await expect(telegram.sendMessage(ANNA_ID, 'x')).resolves.toBeDefined();
    expect(await test.control.faults()).toEqual([]);
    const statuses = (await test.control.calls({ method: 'sendMessage' })).map(({ status }) => status);
    expect(statuses).toEqual([429, 200]);
  });

  it('hits only the chat and the bot that it names', async () => {
    await test.control.addFault({ chatId: 42, kind: 'error', status: 500, description: 'Internal Server Error' });
    await test.control.addFault({ botId: 42, kind: 'error', status: 500, description: 'Internal Server Error' });
    await expect(telegram.sendMessage(ANNA_ID, 'x')).resolves.toBeDefined();
  });

  it.each(['before', 'after'] as const)('cuts the connection %s the call takes effect', async (when) => {
    await test.control.addFault({ method: 'sendMessage', times: 1, kind: 'drop', when });

    expect(await refusal(telegram.sendMessage(ANNA_ID, 'lost?'))).toContain('socket hang up');

    expect(await texts()).toEqual(when === 'after' ? ['lost?'] : []);
    expect(await test.control.calls({ method: 'sendMessage' })).toMatchObject([
      { status: 0, response: when === 'after' ? { ok: true } : null, fault: `drop ${when}` },
    ]);
  });

  it.each(['before', 'after'] as const)('holds a call %s it takes effect until the fault is removed', async (when) => {
    const { control } = test;
    const { id } = await control.addFault({ method: 'sendMessage', times: 1, kind: 'hang', when });
    const sending = telegram.sendMessage(ANNA_ID, 'held');
    await until(async () => (await control.faults()).some(({ held }) => held === 1));
    expect(await texts()).toEqual(when === 'after' ? ['held'] : []);
    await telegram.sendMessage(ANNA_ID, 'not held');

    await control.request('DELETE', `/faults/${id}`);

    expect(await sending).toMatchObject({ text: 'held' });
    expect((await texts()).sort()).toEqual(['held', 'not held']);
    const [call] = await control.calls({ method: 'sendMessage' });
    expect(call).toMatchObject({ status: 200, fault: `hang ${when}`, params: { text: 'held' } });
  });

  it('forgets a call whose sender gave up while it was held', async () => {
    const { control } = test;
    await control.addFault({ method: 'sendMessage', kind: 'hang', when: 'before' });
    const impatient = new AbortController();
    const url = `${test.sandbox.apiRoot}/bot${FIRST_BOT.token}/sendMessage?chat_id=${ANNA_ID}&text=never`;
    const sending = fetch(url, { signal: impatient.signal });
    const refused = expect(sending).rejects.toThrow('aborted');
    await until(async () => (await control.faults())[0]?.held === 1);
    impatient.abort();
    await refused;
    await until(async () => (await control.faults())[0]?.held === 0);
    await control.request('DELETE', '/faults');
    expect(await texts()).toEqual([]);
  });

  it('delays a call and lets other faults follow', async () => {
    await test.control.addFault({ method: 'sendMessage', kind: 'delay', ms: 60 });
    await test.control.addFault({ method: 'sendMessage', kind: 'error', status: 500, description: 'x' });
    await expect(telegram.sendMessage(ANNA_ID, 'slow')).rejects.toMatchObject({ code: 500 });
    const [call] = await test.control.calls({ method: 'sendMessage' });
    expect(call?.ms).toBeGreaterThanOrEqual(55);
  });
});
