import { HttpClient, type HttpRequest, type HttpResponse } from '../../../../platform/http/index.js';

type Answer = { status?: number; headers?: Record<string, string>; json?: object; text?: string } | Error;

/** Answers instead of outside APIs, without repetitions, and keeps what it was asked. */
export class ScriptedHttp extends HttpClient {
  readonly requests: HttpRequest[] = [];

  /** @param answers in their order; the last one again and again */
  constructor(private readonly answers: readonly Answer[]) {
    super();
  }

  override send(request: HttpRequest): Promise<HttpResponse> {
    this.requests.push(request);
    const answer = this.answers[Math.min(this.requests.length, this.answers.length) - 1];
    if (answer === undefined) throw new Error('nothing is scripted');
    if (answer instanceof Error) return Promise.reject(answer);
    const { status = 200, headers = {}, json = {}, text = JSON.stringify(json) } = answer;
    return Promise.resolve({ status, headers, body: Buffer.from(text) });
  }
}
