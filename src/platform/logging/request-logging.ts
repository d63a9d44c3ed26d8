import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp, type HttpLogger } from 'pino-http';
import { describedError } from './root-logger.js';

type Request = IncomingMessage & { originalUrl?: string };

interface Timed {
  responseTime: number;
}

const API = /^\/api\//;
const PROBE = /^\/api\/v1\/health(?:\/|$)/;

/** One line per request. Probes and files of the panel would drown the rest, so they are at debug. */
export function requestLogging(logger: Logger): HttpLogger {
  return pinoHttp<Request>({
    logger,
    // Neither headers nor queries: what the facts below say is enough.
    quietReqLogger: true,
    quietResLogger: true,
    serializers: { err: describedError },
    customAttributeKeys: { reqId: 'requestId' },
    customLogLevel: (request, response) => {
      if (response.statusCode >= 500) return 'error';
      const path = pathOf(request);
      return API.test(path) && !PROBE.test(path) ? 'info' : 'debug';
    },
    customSuccessObject: facts,
    // Without the error: where it was answered it was logged with its stack.
    customErrorObject: (request, response, _error, timed: Timed) => facts(request, response, timed),
    customSuccessMessage: sentence,
    customErrorMessage: sentence,
  });
}

function facts(request: Request, response: ServerResponse, { responseTime }: Timed): object {
  return { method: request.method, url: urlOf(request), status: response.statusCode, ms: responseTime };
}

function sentence(request: Request, response: ServerResponse): string {
  const end = response.writableEnded ? String(response.statusCode) : 'aborted';
  return `${request.method ?? ''} ${pathOf(request)} ${end}`;
}

function urlOf(request: Request): string {
  return request.originalUrl ?? request.url ?? '';
}

function pathOf(request: Request): string {
  return urlOf(request).split('?', 1)[0] ?? '';
}
