import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a platform was asked. */
export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  authorization: string | undefined;
  /** Fields of its form; empty when it had none. */
  form: Record<string, string>;
}

export interface FakeReply {
  status?: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

/** `hang`: never; `break`: the connection is cut. */
type Reply = FakeReply | 'hang' | 'break';

/** A platform that answers what a test tells it to, and notes what it was asked. */
export class FakePlatformServer {
  readonly asked: Asked[] = [];
  private readonly replies = new Map<string, (asked: Asked) => Reply>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakePlatformServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fake = new FakePlatformServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      void read(request).then((asked) => {
        fake.asked.push(asked);
        const reply = fake.replies.get(asked.path)?.(asked) ?? { status: 404, json: { error: 'no_such_path' } };
        if (reply === 'hang') return;
        if (reply === 'break') return request.socket.destroy();
        const { status = 200, json, text, headers } = reply;
        return response.writeHead(status, headers).end(text ?? JSON.stringify(json));
      });
    });
    return fake;
  }

  on(path: string, reply: Reply | ((asked: Asked) => Reply)): void {
    this.replies.set(path, typeof reply === 'function' ? reply : () => reply);
  }

  /** The latest question at a path. */
  last(path: string): Asked {
    const found = this.asked.findLast((each) => each.path === path);
    if (!found) throw new Error(`${path} was not asked`);
    return found;
  }

  reset(): void {
    this.asked.length = 0;
    this.replies.clear();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const body = Buffer.concat(await request.toArray()).toString();
  const url = new URL(request.url ?? '/', 'http://fake');
  const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    authorization: request.headers.authorization,
    form: isForm ? Object.fromEntries(new URLSearchParams(body)) : {},
  };
}
