import http from 'node:http';
import type { Duplex } from 'node:stream';

export interface ProxyAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

interface Proxy {
  host: string;
  port: string;
  headers: Record<string, string>;
}

function parse(proxyUrl: string): Proxy {
  const { hostname, port, username, password } = new URL(proxyUrl);
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  return { host: hostname, port, headers: username === '' ? {} : { 'proxy-authorization': `Basic ${credentials}` } };
}

/** Asks a proxy for a URL as it is written: no client tidies it up on the way. */
export async function getThrough(proxyUrl: string, url: string, agent?: http.Agent): Promise<ProxyAnswer> {
  const { host, port, headers } = parse(proxyUrl);
  const request = http.get({ host, port, agent: agent ?? false, path: url, headers: { ...headers, host: 'a' } });
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  const body = Buffer.concat(await response.toArray()).toString();
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

/** Asks a proxy for a tunnel to `host:port` as it is written. */
export async function connectThrough(
  proxyUrl: string,
  authority: string,
): Promise<{ status: number; headers: http.IncomingHttpHeaders; socket: Duplex }> {
  const { host, port, headers } = parse(proxyUrl);
  const request = http.request({ host, port, agent: false, method: 'CONNECT', path: authority, headers });
  request.end();
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('connect', ({ statusCode = 0, headers }, socket) => {
      socket.on('error', () => socket.destroy());
      resolve({ status: statusCode, headers, socket });
    });
  });
}

/** One plain request through a tunnel. @returns everything the other side says until it ends */
export async function askThrough(socket: Duplex): Promise<string> {
  socket.write('GET /path HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  return Buffer.concat(await socket.toArray()).toString();
}
