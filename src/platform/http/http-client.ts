import { HttpStatusError, InvalidAnswerError } from './http-errors.js';
import type { HttpRequest, HttpResponse } from './http-message.js';

/**
 * Calls to outside APIs whose addresses an operator has configured; links of people go through `EgressFetch`.
 * Redirects are answers like any other. Nothing of a call is logged.
 */
export abstract class HttpClient {
  /**
   * Answers of any status are answers. GET and HEAD are tried again after failures that pass.
   * @throws NetworkError when there is none; ResponseTooLargeError; the signal's reason when it was aborted
   */
  abstract send(request: HttpRequest): Promise<HttpResponse>;

  /**
   * For APIs that answer success with JSON; nothing (204) is null.
   * @throws HttpStatusError for statuses other than 2xx; InvalidAnswerError when it is no JSON; and what `send` throws
   */
  async requestJson(request: HttpRequest): Promise<unknown> {
    const response = await this.send({ ...request, headers: { accept: 'application/json', ...request.headers } });
    const { host } = new URL(request.url);
    if (response.status < 200 || response.status > 299) throw new HttpStatusError(host, response);
    if (response.body.length === 0) return null;
    try {
      return JSON.parse(response.body.toString('utf8')) as unknown;
    } catch (cause) {
      throw new InvalidAnswerError(host, { cause });
    }
  }
}
