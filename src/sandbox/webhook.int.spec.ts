import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Telegraf, Telegram } from 'telegraf';
import { message } from 'telegraf/filters';
import { until } from './testing/control-client.js';
import { ANNA_ID, FIRST_BOT, FIRST_ID, JOHN_ID, startTestSandbox, type TestSandbox } from './testing/test-sandbox.js';

interface Delivery {
  update: { update_id: number; message: { text: string } };
  secret: string | undefined;
}

/** A webhook that answers as it is told, by the text of the message. */
class Receiver {
  readonly deliveries: Delivery[] = [];
  answer: (delivery: Delivery) => { status: number; headers?: Record<string, string>; body?: object } = () => ({
    status: 200,
  });
  private readonly server: Server = createServer((request, response) => {
    void this.receive(request).then((delivery) => {
      const { status, headers, body } = this.answer(delivery);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body && JSON.stringify(body));
    });
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  texts(): string[] {
    return this.deliveries.map(({ update }) => update.message.text);
  }

  private async receive(request: IncomingMessage): Promise<Delivery> {
    const update = JSON.parse(await text(request)) as Delivery['update'];
    const delivery = { update, secret: request.headers['x-telegram-bot-api-secret-token'] as string | undefined };
    this.deliveries.push(delivery);
    return delivery;
  }
}

describe('webhooks of the sandbox', () => {
  let test: TestSandbox;
  let telegram: Telegram;
  let receiver: Receiver;
  let url: string;

  beforeAll(async () => {
    test = await startTestSandbox();
    telegram = new Telegram(FIRST_BOT.token, { apiRoot: test.sandbox.apiRoot });
    await test.control.post('/settings', { webhookRetryMs: 5 });
  });

  beforeEach(async () => {
    receiver = new Receiver();
    url = await receiver.start();
    await telegram.setWebhook(url, { secret_token: 'S3cret', drop_pending_updates: true });
  });

  afterEach(() => receiver.stop());
  afterAll(() => test.stop());

  const write = (userId: number, said: string): Promise<unknown> => test.control.write(FIRST_ID, userId, said);

  it('pushes updates with the secret and tells about itself', async () => {
    await write(ANNA_ID, 'one');
    await until(() => receiver.deliveries.length === 1);
    expect(receiver.deliveries[0]).toMatchObject({ secret: 'S3cret', update: { message: { text: 'one' } } });
    await until(async () => (await telegram.getWebhookInfo()).pending_update_count === 0);
    expect(await telegram.getWebhookInfo()).toMatchObject({ url, max_connections: 40 });
    expect(await test.control.get('/bots')).toMatchObject([{ id: FIRST_ID, mode: 'webhook' }, {}]);
  });

  it('brings an update again until it is taken, and keeps the order within a chat', async () => {
    let failures = 4;
    receiver.answer = ({ update }) => ({ status: update.message.text === 'a1' && failures-- > 0 ? 500 : 200 });
    for (const said of ['a1', 'a2', 'a3']) await write(ANNA_ID, said);
    await write(JOHN_ID, 'j1');

    await until(() => receiver.texts().includes('a3'));

    const texts = receiver.texts();
    expect(texts.filter((said) => said.startsWith('a'))).toEqual(['a1', 'a1', 'a1', 'a1', 'a1', 'a2', 'a3']);
    expect(texts.indexOf('j1')).toBeLessThan(texts.indexOf('a2'));
    const ids = receiver.deliveries
      .filter(({ update }) => update.message.text === 'a1')
      .map(({ update }) => update.update_id);
    expect(new Set(ids).size).toBe(1);
    expect(await telegram.getWebhookInfo()).toMatchObject({
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
  });

  it('waits as long as Retry-After says', async () => {
    let refusals = 1;
    const at: number[] = [];
    receiver.answer = () => {
      at.push(Date.now());
      return refusals-- > 0 ? { status: 503, headers: { 'retry-after': '1' } } : { status: 200 };
    };
    await write(ANNA_ID, 'later');
    await until(() => at.length === 2);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('executes the method in the answer', async () => {
    receiver.answer = () => ({ status: 200, body: { method: 'sendMessage', chat_id: ANNA_ID, text: 'by the answer' } });
    await write(ANNA_ID, 'anything');
    expect(await test.control.messageWith(FIRST_ID, ANNA_ID, 'by the answer')).toMatchObject({
      from: { id: FIRST_ID },
    });
  });

  it('works with the webhook of telegraf', async () => {
    const bot = new Telegraf(FIRST_BOT.token, { telegram: { apiRoot: test.sandbox.apiRoot, webhookReply: false } });
    bot.botInfo = await bot.telegram.getMe();
    bot.on(message('text'), (ctx) => ctx.reply(`hooked ${ctx.message.text}`));
    const server = createServer((request, response) => {
      void bot.webhookCallback('/tg', { secretToken: 'other' })(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await telegram.setWebhook(`http://127.0.0.1:${port}/tg`, { secret_token: 'other' });

    await write(ANNA_ID, 'fish');

    await test.control.messageWith(FIRST_ID, ANNA_ID, 'hooked fish');
    server.close();
    server.closeAllConnections();
  });
});
