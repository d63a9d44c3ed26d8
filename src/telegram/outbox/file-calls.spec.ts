import { TelegramError } from 'telegraf';
import { HttpClient, type HttpResponse } from '../../platform/http/index.js';
import type { BotRegistry } from '../bots/bot-registry.js';
import { FileCalls } from './file-calls.js';

class FakeHttp extends HttpClient {
  constructor(private readonly answer: Pick<HttpResponse, 'status'> & { text: string }) {
    super();
  }

  send(): Promise<HttpResponse> {
    const { status, text } = this.answer;
    return Promise.resolve({ status, headers: {}, body: Buffer.from(text) });
  }
}

describe('FileCalls', () => {
  const make = (status: number, text: string) => {
    const registry = { get: () => ({ apiRoot: 'http://api', token: '1:a' }) } as unknown as BotRegistry;
    const call = { bot: 'b', method: 'sendVideo', params: {}, files: [], signal: new AbortController().signal };
    return new FileCalls(new FakeHttp({ status, text }), registry).make(call);
  };

  it('answers what Telegram does', async () => {
    expect(await make(200, '{"ok":true,"result":{"message_id":7}}')).toEqual({ message_id: 7 });
  });

  it.each([
    [429, '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":3}}', 429],
    [413, '<html>Request Entity Too Large</html>', 413],
    [502, '{"message":"a proxy that speaks JSON"}', 502],
    [500, 'null', 500],
    [200, '', 200],
  ])('makes an error of %s %s that can be read', async (status, text, code) => {
    const error: unknown = await make(status, text).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TelegramError);
    expect(error).toMatchObject({ code, description: expect.any(String) as string });
  });
});
