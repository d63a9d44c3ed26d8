import http from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { formatHostPort } from './host-port.js';

/**
 * Connects by CONNECT through an upstream proxy, also for plain http: asked in the usual way, with a whole URL, the
 * proxy would have a name to resolve, or an address and a Host header to choose from.
 */
export class UpstreamTunnelAgent extends http.Agent {
  constructor(private readonly upstream: URL) {
    super({ keepAlive: false });
  }

  override createConnection(
    { host, port, localAddress }: http.ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    // The types want a stream even with an error; nobody looks at it.
    const fail = (error: Error): void => callback?.(error, new Socket());
    const authority = formatHostPort(host ?? '', Number(port));
    const { request } = this.upstream.protocol === 'https:' ? https : http;
    const connect = request(this.upstream.origin, {
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...this.authorization() },
      agent: false,
      localAddress,
    });
    connect.once('connect', ({ statusCode }, socket, head) => {
      if (statusCode === 200) {
        socket.unshift(head);
        callback?.(null, socket);
      } else {
        socket.destroy();
        fail(new Error(`the upstream proxy answered ${statusCode ?? 'nothing'}`));
      }
    });
    connect.once('error', fail);
    connect.end();
    return undefined;
  }

  private authorization(): Record<string, string> {
    const { username, password } = this.upstream;
    if (username === '' && password === '') return {};
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
  }
}
