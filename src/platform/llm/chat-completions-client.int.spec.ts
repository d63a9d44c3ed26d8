import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SystemClock } from '../clock/clock.js';
import { UndiciHttpClient } from '../http/index.js';
import { ChatCompletionsClient } from './chat-completions-client.js';

const QUESTION = {
  system: 'Write.',
  user: [{ type: 'text' as const, text: 'A mug' }],
  maxTokens: 300,
  timeoutMs: 5_000,
};
const KEY = 'sk-of-the-test';
const SAID = { choices: [{ index: 0, message: { content: 'A vertical video.' }, finish_reason: 'stop' }] };

describe('ChatCompletionsClient', () => {
  const http = new UndiciHttpClient(new SystemClock());
  let server: Server;
  let listener: RequestListener;
  let client: ChatCompletionsClient;
  let calls: { path: string | undefined; authorization: string | undefined; body: unknown }[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      void request.toArray().then((chunks: Buffer[]) => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
        calls.push({ path: request.url, authorization: request.headers.authorization, body });
        listener(request, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await http.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    calls = [];
    answer(200, SAID);
    client = to({ apiKey: KEY });
  });

  const to = ({ apiKey }: { apiKey?: string }) => {
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    return new ChatCompletionsClient(http, { baseUrl, apiKey, isStandIn: false }, 'a-model');
  };
  const answer = (status: number, body: unknown) => {
    listener = (_, response) => {
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  };

  it('asks as OpenAI is asked, and with nothing that OpenAI does not know', async () => {
    const image = { type: 'image' as const, contentType: 'image/png', data: Buffer.from('a picture') };
    expect(await client.ask({ ...QUESTION, user: [...QUESTION.user, image] })).toBe('A vertical video.');
    const url = `data:image/png;base64,${Buffer.from('a picture').toString('base64')}`;
    expect(calls).toEqual([
      {
        path: '/v1/chat/completions',
        authorization: `Bearer ${KEY}`,
        body: {
          model: 'a-model',
          messages: [
            { role: 'system', content: 'Write.' },
            {
              role: 'user',
              content: [
                { type: 'text', text: 'A mug' },
                { type: 'image_url', image_url: { url } },
              ],
            },
          ],
          max_completion_tokens: 300,
        },
      },
    ]);
  });

  it('shows no key where there is none', async () => {
    await to({}).ask(QUESTION);
    expect(calls).toMatchObject([{ authorization: undefined }]);
  });

  it.each<[string, number, unknown, string]>([
    [
      'a wrong key',
      401,
      { error: { code: 'invalid_api_key', message: `Incorrect API key provided: ${KEY}` } },
      'config',
    ],
    ['no money', 429, { error: { code: 'insufficient_quota' } }, 'billing'],
    ['a gateway', 502, '<html>Bad Gateway</html>', 'temporary'],
    ['a page', 200, '<html>Log in</html>', 'temporary'],
    ['an error in a 200', 200, { error: { code: 502, message: 'Provider disconnected' } }, 'temporary'],
    ['an endless answer', 200, { ...SAID, id: 'x'.repeat(2 * 1024 * 1024) }, 'temporary'],
  ])('asks once, and tells what is wrong with %s', async (_, status, body, kind) => {
    answer(status, body);
    const error: unknown = await client.ask(QUESTION).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'LlmError', kind });
    expect(JSON.stringify([error, String(error)])).not.toContain(KEY);
    expect(calls).toHaveLength(1);
  });

  it('gives up an answer that does not come in time', async () => {
    listener = () => undefined;
    await expect(client.ask({ ...QUESTION, timeoutMs: 50 })).rejects.toMatchObject({ kind: 'temporary' });
  });

  it('says so when nobody listens', async () => {
    const door = { baseUrl: 'http://127.0.0.1:1/v1', apiKey: KEY, isStandIn: false };
    await expect(new ChatCompletionsClient(http, door, 'a-model').ask(QUESTION)).rejects.toMatchObject({
      kind: 'temporary',
    });
  });

  it('ends with the reason of its signal', async () => {
    const stop = new AbortController();
    const reason = new Error('The process ends');
    listener = () => {
      stop.abort(reason);
    };
    await expect(client.ask({ ...QUESTION, signal: stop.signal })).rejects.toBe(reason);
  });

  it('asks nobody while nothing is configured', async () => {
    const closed = new ChatCompletionsClient(http, null, 'a-model');
    await expect(closed.ask(QUESTION)).rejects.toMatchObject({ kind: 'not_configured' });
  });
});
