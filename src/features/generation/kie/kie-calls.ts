import { Injectable } from '@nestjs/common';
import { HttpClient, type HttpRequest } from '../../../platform/http/index.js';
import type { KieKey } from './kie-client.js';
import { type KieReply, readReply } from './kie-reply.js';

/** Doors of KIE let nobody in without one that looks like a browser's. */
const USER_AGENT = 'Mozilla/5.0 (compatible; Nexus)';
const MAX_ANSWER_BYTES = 1024 * 1024;

export type KieRequest = Pick<HttpRequest, 'method' | 'url' | 'query' | 'headers' | 'body'> & { timeoutMs: number };

/** One call to KIE: asked once, whatever becomes of it. */
@Injectable()
export class KieCalls {
  constructor(private readonly http: HttpClient) {}

  /** @throws NetworkError and ResponseTooLargeError: there is no answer that could be read */
  async ask({ apiKey }: KieKey, { headers, ...request }: KieRequest): Promise<KieReply> {
    const response = await this.http.send({
      ...request,
      headers: {
        accept: 'application/json',
        'user-agent': USER_AGENT,
        authorization: `Bearer ${apiKey}`,
        ...headers,
      },
      maxResponseBytes: MAX_ANSWER_BYTES,
      once: true,
    });
    return readReply(response);
  }
}
