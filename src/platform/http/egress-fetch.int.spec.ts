import http, { type RequestListener } from 'node:http';
import net from 'node:net';
import { EgressGateway, EgressRefusedError, type EgressSession } from '../egress/index.js';
import { startTrap, TestServers } from '../egress/testing/servers.js';
import { EgressFetch, networkError } from './index.js';

let servers: TestServers;
let gateway: EgressGateway;
let session: EgressSession;
let client: EgressFetch;
let origin: string;
/** Listens, and hangs up at the first word. */
let rudePort: number;
let listener: RequestListener;

beforeEach(async () => {
  servers = new TestServers();
  const port = await servers.listen(http.createServer((request, response) => listener(request, response)));
  origin = `http://origin.example:${port}`;
  rudePort = await servers.listen(net.createServer((socket) => socket.once('data', () => socket.end())));
  gateway = new EgressGateway({
    allowedPrivateHosts: [`127.0.0.1:${port}`, `rude.example:${rudePort}`],
    lookup: async (host) => {
      if (host === 'no.example') throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
      return [{ address: '127.0.0.1' }];
    },
  });
  await gateway.start();
  session = gateway.open({ id: 'attempt-1' });
  client = new EgressFetch(session);
});

afterEach(async () => {
  await client.close();
  await gateway.stop();
  await servers.close();
});

const read = async (body: NodeJS.ReadableStream): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

describe('EgressFetch', () => {
  it('streams an answer that came through the gateway', async () => {
    listener = (request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 2-4/9' });
      response.end(`${request.headers.range ?? ''} ${request.headers['accept-encoding'] ?? ''}`);
    };
    const response = await client.fetch(`${origin}/file`, { headers: { range: 'bytes=2-4' } });
    expect(response).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 2-4/9' },
      url: `${origin}/file`,
      redirects: [],
    });
    expect(await read(response.body)).toBe('bytes=2-4 identity');
    expect(Object.keys(session.bytesByHost)).toEqual(['origin.example']);
  });

  it('takes any status for an answer', async () => {
    listener = (_request, response) => response.writeHead(404).end('gone');
    const { status, body } = await client.fetch(origin, { method: 'HEAD' });
    body.destroy();
    expect(status).toBe(404);
  });

  it('posts a body, and does not send it on where it is redirected to', async () => {
    const asked: string[] = [];
    listener = (request, response) => {
      request.on('data', (chunk: Buffer) => {
        asked.push(`${request.method ?? ''} ${request.url ?? ''} ${chunk.toString()}`);
        response.writeHead(307, { location: '/elsewhere' }).end();
      });
    };
    const response = await client.fetch(`${origin}/hook`, { method: 'POST', body: '{"id":1}' });
    response.body.destroy();
    expect(response).toMatchObject({ status: 307, url: `${origin}/hook`, redirects: [] });
    expect(asked).toEqual(['POST /hook {"id":1}']);
  });

  it('sends no credentials of the link', async () => {
    listener = (request, response) => response.end(request.headers.authorization ?? 'none');
    const response = await client.fetch(origin.replace('//', '//user:password@'));
    expect(await read(response.body)).toBe('none');
    expect(response.url).toBe(`${origin}/`);
  });
});

describe('redirects', () => {
  it('are followed, and written down', async () => {
    listener = (request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: '/b' }).end('moved');
      else if (request.url === '/b') response.writeHead(307, { location: `${origin}/c?x=1` }).end();
      else response.end(request.url);
    };
    const response = await client.fetch(`${origin}/a`);
    expect(await read(response.body)).toBe('/c?x=1');
    expect(response.url).toBe(`${origin}/c?x=1`);
    expect(response.redirects).toEqual([
      { url: `${origin}/a`, status: 301 },
      { url: `${origin}/b`, status: 307 },
    ]);
  });

  it('to another origin do not carry who we are', async () => {
    const elsewhere = origin.replace('origin', 'elsewhere');
    listener = (request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else if (request.url === '/b' && request.headers.authorization) {
        response.writeHead(302, { location: `${elsewhere}/c` }).end();
      } else response.end(JSON.stringify(request.headers));
    };
    const headers = { Authorization: 'Bearer t', cookie: 'c=1', 'user-agent': 'u' };
    const response = await client.fetch(`${origin}/a`, { headers });
    const arrived = JSON.parse(await read(response.body)) as object;
    expect(response.url).toBe(`${elsewhere}/c`);
    expect(arrived).toMatchObject({ 'user-agent': 'u' });
    expect(Object.keys(arrived)).not.toEqual(expect.arrayContaining(['authorization']));
    expect(Object.keys(arrived)).not.toEqual(expect.arrayContaining(['cookie']));
  });

  it('are followed ten times, not for ever', async () => {
    listener = (request, response) => {
      const left = Number(request.url?.slice(1));
      response.writeHead(left > 0 ? 302 : 200, { location: `/${left - 1}` }).end();
    };
    expect((await client.fetch(`${origin}/10`)).redirects).toHaveLength(10);
    await expect(client.fetch(`${origin}/11`)).rejects.toMatchObject({ reason: 'too_many_redirects' });
  });

  it.each(['file:///etc/passwd', 'ftp://origin.example/', 'javascript:alert(1)', 'http://'])(
    'to %s are not followed, nor are such links',
    async (location) => {
      listener = (_request, response) => response.writeHead(302, { location }).end();
      await expect(client.fetch(origin)).rejects.toMatchObject({ reason: 'unsupported' });
      await expect(client.fetch(location)).rejects.toMatchObject({ reason: 'unsupported' });
    },
  );

  it.each(['127.0.0.1', '2130706433', '0x7f000001', '[::1]', '[::ffff:7f00:1]', 'inside.example'])(
    'to %s lead nowhere, nor do such links (point 19)',
    async (host) => {
      const trap = await startTrap(servers);
      const location = `http://${host}:${trap.port}/`;
      listener = (_request, response) => response.writeHead(302, { location }).end();
      for (const url of [origin, location]) {
        const error: unknown = await client.fetch(url).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(EgressRefusedError);
        expect(error).toMatchObject({ reason: 'loopback' });
      }
      expect(trap.visits()).toBe(0);
    },
  );
});

describe('what can go wrong', () => {
  const tcpServer = (onConnection: (socket: net.Socket) => void): Promise<number> =>
    servers.listen(net.createServer(onConnection));

  /** A way out through a proxy that behaves as the test wants. */
  async function throughProxy(onConnection: (socket: net.Socket) => void): Promise<EgressFetch> {
    const port = await tcpServer(onConnection);
    const egress = { name: 'pool', url: `http://127.0.0.1:${port}` };
    return new EgressFetch(gateway.open({ id: 'pooled', egress }), { connectTimeoutMs: 300 });
  }

  it('a host that does not exist', async () => {
    await expect(client.fetch('http://no.example/')).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'unresolved',
    });
  });

  it('a host where nobody listens', async () => {
    const closed = new TestServers();
    const port = await closed.listen(net.createServer());
    await closed.close();
    const local = new EgressGateway({ allowedPrivateHosts: [`127.0.0.1:${port}`] });
    await local.start();
    const session = local.open({ id: 'attempt-2' });
    const other = new EgressFetch(session);
    for (const protocol of ['http', 'https']) {
      await expect(other.fetch(`${protocol}://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'unreachable' });
    }
    expect(session.hosts()).toHaveLength(2);
    await other.close();
    await local.stop();
  });

  it('a target that breaks off', async () => {
    listener = (_request, response) => response.destroy();
    await expect(client.fetch(origin)).rejects.toMatchObject({ code: 'connection_lost' });
  });

  it('TLS that nobody speaks there', async () => {
    listener = (_request, response) => response.end();
    await expect(client.fetch(origin.replace('http:', 'https:'))).rejects.toMatchObject({ code: 'tls' });
  });

  it('TLS that is cut off in the handshake', async () => {
    await expect(client.fetch(`https://rude.example:${rudePort}/`)).rejects.toMatchObject({ code: 'tls' });
  });

  it('a proxy on the way that says no', async () => {
    const pooled = await throughProxy((socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    await expect(pooled.fetch(origin)).rejects.toMatchObject({ code: 'proxy' });
    await pooled.close();
  });

  it('a connection that is never made', async () => {
    const pooled = await throughProxy(() => undefined);
    await expect(pooled.fetch(origin)).rejects.toMatchObject({ code: 'timed_out' });
    await pooled.close();
  });

  it('an answer that never comes', async () => {
    listener = () => undefined;
    const hasty = new EgressFetch(session, { headersTimeoutMs: 300 });
    await expect(hasty.fetch(origin)).rejects.toMatchObject({ code: 'timed_out' });
    await hasty.close();
  });

  it('a body that stalls', async () => {
    listener = (_request, response) => response.writeHead(200, { 'content-length': '100' }).write('half');
    const hasty = new EgressFetch(session, { stallTimeoutMs: 300 });
    const { body } = await hasty.fetch(origin);
    const error: unknown = await read(body).catch((reason: unknown) => reason);
    expect(networkError(error, 'origin.example').code).toBe('timed_out');
    await hasty.close();
  });

  it('a body that is cut off', async () => {
    listener = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    };
    const { body } = await client.fetch(origin);
    const error: unknown = await read(body).catch((reason: unknown) => reason);
    expect(networkError(error, 'origin.example').code).toBe('connection_lost');
  });

  it('somebody who has had enough', async () => {
    const controller = new AbortController();
    listener = () => controller.abort(new Error('enough'));
    await expect(client.fetch(origin, { signal: controller.signal })).rejects.toThrow('enough');
  });
});
