import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What `FakeMedia` takes for a video. */
export const A_VIDEO = 'a video';

const withVideo: RequestListener = (_, response) => {
  response.end(A_VIDEO);
};

/** Where the provider's videos lie: a site on this machine that answers as a test says. */
export class ResultHost {
  readonly asked: string[] = [];
  answer: RequestListener = withVideo;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      this.asked.push(request.url ?? '');
      this.answer(request, response);
    });
  }

  static async start(): Promise<ResultHost> {
    const server = createServer();
    const host = new ResultHost(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  /** As it was in the beginning. */
  reset(): void {
    this.asked.length = 0;
    this.answer = withVideo;
  }

  /** `host:port` */
  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  url(name: string): string {
    return `http://${this.address}/${name}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
