import http from 'node:http';
import { once } from 'node:events';
import { EgressGateway, type EgressGatewayOptions, type EgressSession, type Lookup } from './index.js';
import { askThrough, connectThrough, getThrough } from './testing/proxy-client.js';
import { startTrap, startUpstreamProxy, TestServers } from './testing/servers.js';

const PUBLIC = '93.184.215.14';

let servers: TestServers;
let gateway: EgressGateway;
let trap: { port: number; visits: () => number };
let origin: number;

/** Names of the test; all others do not exist. */
const NAMES: Record<string, string[]> = {
  'public.example': [PUBLIC],
  'inside.example': ['127.0.0.1'],
  'inside6.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'mixed.example': [PUBLIC, '127.0.0.1'],
};
const lookup: Lookup = async (host) => {
  const addresses = NAMES[host];
  if (!addresses) throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
  return addresses.map((address) => ({ address }));
};

beforeEach(async () => {
  servers = new TestServers();
  trap = await startTrap(servers);
  origin = await servers.listen(
    http.createServer((request, response) =>
      response.end(`${request.socket.remoteAddress ?? ''} ${request.url ?? ''}`),
    ),
  );
});

afterEach(async () => {
  await gateway.stop();
  await servers.close();
});

async function openSession(options: EgressGatewayOptions = {}, use: object = {}): Promise<EgressSession> {
  gateway = new EgressGateway({ lookup, ...options });
  await gateway.start();
  return gateway.open({ id: 'attempt-1', ...use });
}

describe('what is refused', () => {
  const INSIDE = [
    ...['127.0.0.1', '0x7f000001', '0x7f.0.0.1', '2130706433', '017700000001', '0177.0.0.1', '127.1', '0.0.0.0', '0'],
    ...[
      '[::1]',
      '[0:0:0:0:0:0:0:1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[64:ff9b:1::7f00:1]',
      '[::ffff:10.0.0.1]',
      '[::ffff:169.254.169.254]',
    ],
    ...[
      '[2002:7f00:1::]',
      '[fe80::1]',
      '[fd00::]',
      '169.254.169.254',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.0.1',
      '100.64.0.1',
      '198.18.0.1',
    ],
    ...['inside.example', 'inside6.example', 'mapped.example', 'mixed.example'],
  ];

  it.each(INSIDE)('%s, plain and by CONNECT (point 19)', async (host) => {
    const session = await openSession();
    const plain = await getThrough(session.proxyUrl, `http://${host}:${trap.port}/`);
    const tunnel = await connectThrough(session.proxyUrl, `${host}:${trap.port}`);
    expect([plain.status, tunnel.status]).toEqual([403, 403]);
    expect(plain.headers['x-egress-problem']).toBeTruthy();
    expect(tunnel.headers['x-egress-problem']).toBe(plain.headers['x-egress-problem']);
    expect(session.hosts()).toEqual([]);
    expect(trap.visits()).toBe(0);
  });

  it('is told, to the client and to us', async () => {
    const session = await openSession();
    expect(session.refused()).toBeNull();
    const { body } = await getThrough(session.proxyUrl, `http://inside.example:${trap.port}/`);
    expect(session.refused()).toBe('inside.example is at 127.0.0.1, and loopback addresses are refused');
    expect(body).toBe(`Refused: ${session.refused() ?? ''}`);
  });

  it('names that do not exist get another answer', async () => {
    const session = await openSession();
    expect(await getThrough(session.proxyUrl, 'http://no.example/')).toMatchObject({
      status: 502,
      headers: { 'x-egress-problem': 'ENOTFOUND' },
    });
    expect((await connectThrough(session.proxyUrl, 'no.example:443')).status).toBe(502);
    expect(session.refused()).toBeNull();
  });

  it('the second answer of a name that changes its mind; the first one is where the connection goes (point 19)', async () => {
    const answers = [[PUBLIC], ['127.0.0.1'], [PUBLIC], ['127.0.0.1']];
    const rebinding = vi.fn<Lookup>(async () => (answers.shift() ?? []).map((address) => ({ address })));
    const upstream = await startUpstreamProxy(servers, origin);
    const session = await openSession(
      { lookup: rebinding },
      { egress: { name: 'pool', url: `http://127.0.0.1:${upstream.port}` } },
    );
    const url = `http://rebind.example:${trap.port}/`;

    expect((await getThrough(session.proxyUrl, url)).status).toBe(200);
    expect(rebinding).toHaveBeenCalledTimes(1);
    expect((await getThrough(session.proxyUrl, url)).status).toBe(403);
    expect((await connectThrough(session.proxyUrl, `rebind.example:${trap.port}`)).status).toBe(200);
    expect(rebinding).toHaveBeenCalledTimes(3);
    expect((await connectThrough(session.proxyUrl, `rebind.example:${trap.port}`)).status).toBe(403);

    expect(upstream.connects.map(({ authority }) => authority)).toEqual(Array(2).fill(`${PUBLIC}:${trap.port}`));
    expect(trap.visits()).toBe(0);
  });
});

describe('what is let through', () => {
  it.each([
    ['as resolved', () => `127.0.0.1:${origin}`],
    ['as written', () => `inside.example:${origin}`],
  ])('exceptions %s, plain and by CONNECT', async (_how, exception) => {
    const session = await openSession({ allowedPrivateHosts: [exception()] });
    const plain = await getThrough(session.proxyUrl, `http://inside.example:${origin}/path`);
    expect(plain).toMatchObject({ status: 200, body: '127.0.0.1 /path' });
    const { socket } = await connectThrough(session.proxyUrl, `inside.example:${origin}`);
    expect(await askThrough(socket)).toContain('127.0.0.1 /path');
    expect((await connectThrough(session.proxyUrl, `inside.example:${trap.port}`)).status).toBe(403);
    expect(trap.visits()).toBe(0);
  });

  it('leaves from the source address', async () => {
    const session = await openSession({ allowedPrivateHosts: [`127.0.0.1:${origin}`] }, { sourceAddress: '127.0.0.9' });
    expect((await getThrough(session.proxyUrl, `http://127.0.0.1:${origin}/`)).body).toBe('127.0.0.9 /');
    const { socket } = await connectThrough(session.proxyUrl, `127.0.0.1:${origin}`);
    expect(await askThrough(socket)).toContain('127.0.0.9 /path');
  });

  it('counts bytes per connection, also of several hosts on one connection of the client', async () => {
    NAMES['second.example'] = ['127.0.0.1'];
    const session = await openSession({ allowedPrivateHosts: [`127.0.0.1:${origin}`] });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    await getThrough(session.proxyUrl, `http://inside.example:${origin}/`, agent);
    await getThrough(session.proxyUrl, `http://second.example:${origin}/${'x'.repeat(5000)}`, agent);
    agent.destroy();
    const { socket } = await connectThrough(session.proxyUrl, `127.0.0.1:${origin}`);
    const answer = await askThrough(socket);

    const [first, second, third, ...rest] = session.hosts();
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ host: 'inside.example', ip: '127.0.0.1' });
    expect(first?.bytes).toBeGreaterThan(50);
    expect(first?.bytes).toBeLessThan(1000);
    expect(second?.host).toBe('second.example');
    expect(second?.bytes).toBeGreaterThan(5000);
    expect(second?.bytes).toBeLessThan(6000);
    expect(third).toEqual({ host: '127.0.0.1', ip: '127.0.0.1', bytes: answer.length });
    session.close();
    expect(session.bytesByHost).toEqual({
      'inside.example': first?.bytes,
      'second.example': second?.bytes,
      '127.0.0.1': third?.bytes,
    });
  });
});

describe('an upstream proxy', () => {
  it('is asked for addresses only, with its credentials, for plain http too', async () => {
    const upstream = await startUpstreamProxy(servers, origin);
    const url = `http://user:p%40ss@127.0.0.1:${upstream.port}`;
    const session = await openSession({}, { egress: { name: 'pool-1', url } });
    expect((await getThrough(session.proxyUrl, 'http://public.example/path?q=1')).body).toBe('127.0.0.1 /path?q=1');
    const { socket } = await connectThrough(session.proxyUrl, 'public.example:443');
    expect(await askThrough(socket)).toContain('/path');

    const authorization = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    expect(upstream.connects).toEqual([
      { authority: `${PUBLIC}:80`, authorization },
      { authority: `${PUBLIC}:443`, authorization },
    ]);
    expect(upstream.requests).toEqual([]);
    expect(session.egress).toBe('pool-1');
    expect(session.hosts().map(({ host, ip }) => `${host} ${ip}`)).toEqual(Array(2).fill(`public.example ${PUBLIC}`));
    expect(session.hosts()[0]?.bytes).toBeGreaterThan(50);
  });

  it('is not asked for what is refused', async () => {
    const upstream = await startUpstreamProxy(servers, trap.port);
    const session = await openSession({}, { egress: { name: 'pool', url: `http://127.0.0.1:${upstream.port}` } });
    expect((await getThrough(session.proxyUrl, 'http://inside.example/')).status).toBe(403);
    expect((await connectThrough(session.proxyUrl, 'inside.example:443')).status).toBe(403);
    expect([upstream.connects, upstream.requests]).toEqual([[], []]);
  });

  it('that says no is not taken for the target', async () => {
    const refusing = http.createServer();
    refusing.on('connect', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    const port = await servers.listen(refusing);
    const session = await openSession({}, { egress: { name: 'pool', url: `http://127.0.0.1:${port}` } });
    expect((await getThrough(session.proxyUrl, 'http://public.example/')).status).toBe(599);
    expect((await connectThrough(session.proxyUrl, 'public.example:443')).status).toBe(590);
    expect(session.refused()).toBeNull();
  });

  it('of another kind is refused at once', async () => {
    const session = await openSession();
    expect(session.egress).toBeNull();
    expect(() => gateway.open({ id: 'b', egress: { name: 'x', url: 'ftp://a' } })).toThrow('of the kind ftp:');
  });
});

describe('credentials', () => {
  it.each<[string, (proxyUrl: string) => string]>([
    ['without any', (url) => url.replace(/\/\/.*@/, '//')],
    ['with a wrong token', (url) => url.replace(/.@/, '@')],
    ['with an unknown id', (url) => url.replace('attempt-1', 'attempt-2')],
  ])('%s nobody gets through', async (_how, change) => {
    const session = await openSession({ allowedPrivateHosts: [`127.0.0.1:${origin}`] });
    const proxyUrl = change(session.proxyUrl);
    expect((await getThrough(proxyUrl, `http://127.0.0.1:${origin}/`)).status).toBe(407);
    expect((await connectThrough(proxyUrl, `127.0.0.1:${origin}`)).status).toBe(407);
    expect(session.hosts()).toEqual([]);
  });

  it('end with the session, and so do its connections', async () => {
    const session = await openSession({ allowedPrivateHosts: [`127.0.0.1:${origin}`] });
    const other = gateway.open({ id: 'attempt-2' });
    const [mine, others] = await Promise.all(
      [session, other].map(({ proxyUrl }) => connectThrough(proxyUrl, `127.0.0.1:${origin}`)),
    );
    const closed = once(mine!.socket.resume(), 'close');
    session.close();
    await closed;
    expect((await getThrough(session.proxyUrl, `http://127.0.0.1:${origin}/`)).status).toBe(407);
    expect(await askThrough(others!.socket)).toContain('/path');
  });

  it('that end while a name is resolved connect to nothing', async () => {
    const session: EgressSession = await openSession({
      allowedPrivateHosts: [`slow.example:${origin}`],
      lookup: async () => {
        session.close();
        return [{ address: '127.0.0.1' }];
      },
    });
    expect((await getThrough(session.proxyUrl, `http://slow.example:${origin}/`)).status).toBe(407);
    expect(session.hosts()).toEqual([]);
  });

  it('are for one use at a time', async () => {
    const session = await openSession();
    expect(() => gateway.open({ id: 'attempt-1' })).toThrow('open already');
    session.close();
    expect(gateway.open({ id: 'attempt-1' }).proxyUrl).not.toBe(session.proxyUrl);
    expect(() => gateway.open({ id: 'a:b' })).toThrow('cannot be the id');
  });
});
