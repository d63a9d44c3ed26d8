import http from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';

/** Servers of one test, and their end. */
export class TestServers {
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<net.Socket>();

  /** @returns the port */
  async listen(server: Server, host = '127.0.0.1', port = 0): Promise<number> {
    this.servers.push(server);
    server.on('connection', (socket: net.Socket) => {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

/** A server inside that nobody outside may reach: it listens on both loopbacks and counts who comes. */
export async function startTrap(servers: TestServers): Promise<{ port: number; visits: () => number }> {
  let visits = 0;
  const trap = (): Server => net.createServer(() => (visits += 1));
  const port = await servers.listen(trap());
  await servers.listen(trap(), '::1', port).catch(() => undefined);
  return { port, visits: () => visits };
}

export interface UpstreamProxy {
  port: number;
  /** What it was asked to connect to, with the credentials. */
  connects: { authority: string; authorization: string | undefined }[];
  /** Whole URLs that it was asked for: there should be none. */
  requests: string[];
}

/** A proxy that leads everything to one server on this machine, and remembers what it was asked for. */
export async function startUpstreamProxy(servers: TestServers, originPort: number): Promise<UpstreamProxy> {
  const proxy: UpstreamProxy = { port: 0, connects: [], requests: [] };
  const server = http.createServer((request, response) => {
    proxy.requests.push(request.url ?? '');
    response.end();
  });
  server.on('connect', (request, client: net.Socket) => {
    proxy.connects.push({
      authority: request.url ?? '',
      authorization: request.headers['proxy-authorization'],
    });
    const origin = net.connect(originPort, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    origin.on('error', () => client.destroy());
    origin.pipe(client).pipe(origin);
  });
  proxy.port = await servers.listen(server);
  return proxy;
}
