import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Clock } from '../clock/clock.js';
import { FormData, type HttpRequest, UndiciHttpClient } from './index.js';

/** Waits for nothing, and remembers for how long it would have. */
class HastyClock extends Clock {
  readonly delays: number[] = [];

  now(): Date {
    return new Date('2026-01-01T00:00:00Z');
  }

  async delay(ms: number): Promise<void> {
    this.delays.push(ms);
  }
}

let server: Server | undefined;
let clock: HastyClock;
let client: UndiciHttpClient;

beforeEach(() => {
  clock = new HastyClock();
  client = new UndiciHttpClient(clock);
});

afterEach(async () => {
  await client.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await request.toArray()).toString();
}

/** Says back what it was asked. */
const echo: RequestListener = (request, response) => {
  void bodyOf(request).then((body) => {
    const { method, url, headers } = request;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method, url, type: headers['content-type'], body }));
  });
};

describe('requestJson', () => {
  it.each<[string, Partial<HttpRequest>, object]>([
    ['a query', { query: { b: 'x y', c: 2, d: undefined } }, { method: 'GET', url: '/path?a=1&b=x+y&c=2' }],
    ['JSON', { method: 'POST', body: { json: { a: [1] } } }, { type: 'application/json', body: '{"a":[1]}' }],
    [
      'a form',
      { method: 'POST', body: { form: { a: 'x y' } } },
      { type: 'application/x-www-form-urlencoded', body: 'a=x+y' },
    ],
    [
      'anything',
      { method: 'PUT', body: { raw: Readable.from(['ab', 'cd']), contentType: 'video/mp4' } },
      { type: 'video/mp4', body: 'abcd' },
    ],
  ])('sends %s', async (_what, request, expected) => {
    const url = `${await serve(echo)}/path?a=1`;
    expect(await client.requestJson({ url, ...request })).toMatchObject(expected);
  });

  it('sends a form with parts', async () => {
    const multipart = new FormData();
    multipart.append('file', new Blob(['content']), 'a.txt');
    const answer = await client.requestJson({ method: 'POST', url: await serve(echo), body: { multipart } });
    expect(answer).toMatchObject({
      type: expect.stringMatching(/^multipart\/form-data; boundary=/) as string,
      body: expect.stringContaining('filename="a.txt"') as string,
    });
  });

  it('takes an empty answer for null', async () => {
    const url = await serve((_request, response) => response.writeHead(204).end());
    expect(await client.requestJson({ method: 'DELETE', url })).toBeNull();
  });

  it('throws for a status that says no, without saying what the answer was', async () => {
    const url = await serve((_request, response) => response.writeHead(403).end('{"secret":"s3cret"}'));
    const error = await client.requestJson({ url }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'HttpStatusError', status: 403 });
    expect((error as { response: { body: Buffer } }).response.body.toString()).toContain('s3cret');
    expect((error as Error).message).not.toContain('s3cret');
  });

  it('throws for what is no JSON', async () => {
    const url = await serve((_request, response) => response.end('<html>'));
    await expect(client.requestJson({ url })).rejects.toMatchObject({ name: 'InvalidAnswerError' });
  });
});

describe('send', () => {
  it('takes any status, and a redirect too, for an answer', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: '/x', via: 'a' }).end('moved'));
    const { status, headers, body } = await client.send({ url });
    expect([status, headers['location'], body.toString()]).toEqual([302, '/x', 'moved']);
  });

  it('tries GET again until it works, after the pause that was asked for', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(503, { 'retry-after': '3' }).end();
      else if (asked === 2) response.destroy();
      else response.end('at last');
    });
    expect((await client.send({ url })).body.toString()).toBe('at last');
    expect(clock.delays).toEqual([3000, 500]);
  });

  it('hands out the last answer or error when it does not get better', async () => {
    const url = await serve((_request, response) => response.writeHead(502).end());
    expect((await client.send({ url })).status).toBe(502);
    expect(clock.delays).toHaveLength(2);
    await new Promise((resolve) => server?.close(resolve));
    await expect(client.send({ url })).rejects.toMatchObject({ name: 'NetworkError', code: 'unreachable' });
  });

  it('does POST once', async () => {
    const asked = vi.fn<RequestListener>((_request, response) => response.writeHead(503).end());
    await client.send({ method: 'POST', url: await serve(asked) });
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('takes no more than allowed', async () => {
    const url = await serve((_request, response) => response.end(Buffer.alloc(2000)));
    await expect(client.send({ url, maxResponseBytes: 1000 })).rejects.toMatchObject({ name: 'ResponseTooLargeError' });
    expect((await client.send({ url, maxResponseBytes: 2000 })).body).toHaveLength(2000);
  });

  it('gives up on an answer that does not come, or does not end', async () => {
    const silent = await serve((_request, response) => response.writeHead(200).write('half of'));
    const call = client.send({ method: 'POST', url: silent, timeoutMs: 50 });
    await expect(call).rejects.toMatchObject({ name: 'NetworkError', code: 'timed_out' });
  });

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const url = await serve(() => controller.abort(new Error('enough')));
    await expect(client.send({ url, signal: controller.signal })).rejects.toThrow('enough');
    expect(clock.delays).toEqual([]);
  });
});
