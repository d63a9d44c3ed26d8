import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export type Json = Record<string, unknown>;

export interface KieReply {
  status: number;
  /** The body where it is JSON, else `{text}`. */
  body: Json;
}

export interface TaskData extends Json {
  taskId: string;
  state: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** A customer of KIE, for tests of its stand-in. */
export class KieCustomer {
  constructor(
    private readonly root: string,
    private readonly key = 'main',
  ) {}

  async call(method: string, path: string, body?: object | FormData, headers: Json = {}): Promise<KieReply> {
    const isForm = body instanceof FormData;
    const response = await fetch(this.root + path, {
      method,
      headers: {
        'user-agent': 'Mozilla/5.0 (test)',
        authorization: `Bearer ${this.key}`,
        ...(body === undefined || isForm ? {} : JSON_TYPE),
        ...(headers as Record<string, string>),
      },
      body: isForm ? body : body && JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Json) : { text } };
  }

  create(prompt: string, callBackUrl?: string, body: Json = {}): Promise<KieReply> {
    const input = { prompt, first_frame_url: 'http://127.0.0.1/photo.jpg', aspect_ratio: '9:16', duration: 5 };
    return this.call('POST', '/api/v1/jobs/createTask', { model: 'bytedance/seedance-2', callBackUrl, input, ...body });
  }

  /** @returns the id of a task that was made */
  async made(prompt: string, callBackUrl?: string): Promise<string> {
    return taskIdOf(await this.create(prompt, callBackUrl));
  }

  look(taskId: string): Promise<KieReply> {
    return this.call('GET', `/api/v1/jobs/recordInfo?taskId=${taskId}`);
  }

  async task(taskId: string): Promise<TaskData> {
    return (await this.look(taskId)).body.data as TaskData;
  }
}

export const taskIdOf = ({ body }: KieReply): string => (body.data as { taskId: string }).taskId;

/** The address of the video of a task that has one, in whichever form it is told. */
export function resultUrlOf({ resultJson }: Json): string {
  const result = (typeof resultJson === 'string' ? JSON.parse(resultJson) : resultJson) as { resultUrls: string[] };
  return result.resultUrls[0] ?? '';
}

export interface CalledBack {
  path: string;
  headers: Record<string, string | undefined>;
  body: { code: number; msg: string; data: TaskData };
}

/** Listens for callbacks. */
export class CallbackListener {
  readonly calls: CalledBack[] = [];
  /** What it answers with. */
  status = 200;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<CallbackListener> {
    const server = createServer((request, response) => {
      void request.toArray().then((chunks) => {
        listener.calls.push({
          path: request.url ?? '',
          headers: request.headers as Record<string, string | undefined>,
          body: JSON.parse(Buffer.concat(chunks as Buffer[]).toString()) as CalledBack['body'],
        });
        response.writeHead(listener.status, JSON_TYPE).end('{"code":200,"msg":"success"}');
      });
    });
    const listener = new CallbackListener(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return listener;
  }

  /** The callback address of a job's attempt. */
  url(jobId: string, attempt = 1): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/callback/${jobId}.${attempt}.the-token`;
  }

  of(jobId: string): CalledBack[] {
    return this.calls.filter(({ path }) => path.includes(jobId));
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
