import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestServers } from '../../../src/platform/egress/testing/servers.js';

interface Delivered {
  /** `X-Nexus-Delivery`: the same at each try. */
  delivery: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Where an owner's webhooks lead to. */
export class WebhookInbox {
  /** Everything that has come, repetitions included. */
  readonly received: Delivered[] = [];
  private readonly waiting: ServerResponse[] = [];
  private holds = false;

  /** @param host `host:port` */
  private constructor(readonly host: string) {}

  static async start(servers: TestServers): Promise<WebhookInbox> {
    const server = createServer();
    const inbox = new WebhookInbox(`127.0.0.1:${await servers.listen(server)}`);
    server.on('request', (request, response) => {
      const { headers } = request;
      void text(request).then((body) => {
        inbox.take({ delivery: String(headers['x-nexus-delivery']), headers, body }, response);
      });
    });
    return inbox;
  }

  get url(): string {
    return `http://${this.host}/hook`;
  }

  /** Each delivery once, as a careful receiver knows them. */
  get deliveries(): Set<string> {
    return new Set(this.received.map(({ delivery }) => delivery));
  }

  /** From now on nobody gets an answer. */
  hold(): void {
    this.holds = true;
  }

  /** Answers everybody, also those who wait. */
  release(): void {
    this.holds = false;
    for (const response of this.waiting.splice(0)) response.writeHead(204).end();
  }

  private take(delivered: Delivered, response: ServerResponse): void {
    this.received.push(delivered);
    if (this.holds) this.waiting.push(response);
    else response.writeHead(204).end();
  }
}

/** What a receiver computes from what has come and the secret that it was told. */
export function signatureOf({ headers, body }: Delivered, secret: string): string {
  const message = `${String(headers['x-nexus-timestamp'])}.${body}`;
  return `sha256=${createHmac('sha256', secret).update(message).digest('hex')}`;
}
