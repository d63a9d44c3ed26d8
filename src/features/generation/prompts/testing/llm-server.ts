import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface AskedOfLlm {
  model: string;
  messages: [{ content: string }, { content: { type: string; text?: string; image_url?: { url: string } }[] }];
}

type Answer = { status: number; body: unknown } | 'silence';

/** A small language model: it says what it is told to, and remembers what it was asked. */
export class LlmServer {
  readonly asked: AskedOfLlm[] = [];
  private answers: Answer[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<LlmServer> {
    const server = createServer();
    const llm = new LlmServer(server);
    server.on('request', (request, response) => {
      void request.toArray().then((chunks: Buffer[]) => {
        llm.asked.push(JSON.parse(Buffer.concat(chunks).toString()) as AskedOfLlm);
        const answer =
          llm.answers.shift() ?? said('A vertical video of a red mug that somebody lifts out of the steam.');
        if (answer !== 'silence') response.writeHead(answer.status).end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return llm;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** The next answers; afterwards all is well. */
  answer(...answers: Answer[]): void {
    this.asked.splice(0);
    this.answers = answers;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export function said(content: string): Answer {
  return { status: 200, body: { choices: [{ index: 0, message: { content }, finish_reason: 'stop' }] } };
}
