import http, { type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestServers } from '../../../platform/egress/testing/servers.js';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server of an owner's: it keeps what it gets, and answers as it is told. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  /** null: never. */
  status: number | null = 204;

  port = 0;

  async start(servers: TestServers): Promise<void> {
    const server = http.createServer((request, response) => {
      void text(request).then((body) => {
        this.received.push({ path: request.url ?? '', headers: request.headers, body });
        if (this.status !== null) response.writeHead(this.status, { location: '/elsewhere' }).end('an answer');
      });
    });
    this.port = await servers.listen(server);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  get first(): Received {
    const [first] = this.received;
    if (!first) throw new Error('Nothing has come');
    return first;
  }

  reset(): void {
    this.received.length = 0;
    this.status = 204;
  }
}
