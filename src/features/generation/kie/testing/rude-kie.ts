import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A KIE that answers what a test wants, however wrong that is. */
export class RudeKie {
  /** How often it was asked. */
  calls = 0;
  private listener: RequestListener = (_request, response) => response.end();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<RudeKie> {
    const server = createServer((request, response) => {
      kie.calls += 1;
      kie.listener(request, response);
    });
    const kie = new RudeKie(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return kie;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  answers(listener: RequestListener): void {
    this.listener = listener;
  }

  says(status: number, body: object | string, headers: Record<string, string> = {}): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    this.answers((_request, response) => response.writeHead(status, headers).end(text));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
