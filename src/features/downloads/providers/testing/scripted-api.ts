import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ApiQuestion {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
}

/** JSON unless it is a text; `silent` never comes, `broken` is a connection that breaks. */
export type ApiAnswer =
  { status?: number; headers?: Record<string, string>; body: object | string | Buffer } | 'silent' | 'broken';

export type ApiScript = (question: ApiQuestion) => ApiAnswer;

/** A server on this machine that answers as a test wants, and keeps what it was asked. */
export class ScriptedApi {
  readonly questions: ApiQuestion[] = [];

  private constructor(
    private readonly server: Server,
    public script: ApiScript,
  ) {}

  static async start(script: ApiScript = () => ({ status: 404, body: {} })): Promise<ScriptedApi> {
    const server = createServer();
    const api = new ScriptedApi(server, script);
    server.on('request', (request, response) => {
      void api.answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const { method = 'GET', headers } = request;
    const question = { method, headers, body, url: new URL(request.url ?? '/', this.url) };
    this.questions.push(question);
    const answer = this.script(question);
    if (answer === 'silent') return;
    if (answer === 'broken') {
      request.socket.destroy();
      return;
    }
    const isRaw = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
    const type = isRaw ? 'text/html' : 'application/json';
    response.writeHead(answer.status ?? 200, { 'content-type': type, ...answer.headers });
    response.end(isRaw ? answer.body : JSON.stringify(answer.body));
  }
}
