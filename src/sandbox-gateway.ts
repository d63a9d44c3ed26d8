import { request as httpRequest } from 'node:http';
import { pipeline } from 'node:stream';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { AccessTokens } from './platform/auth/access-tokens.js';
import { processConfig, type ProcessConfig } from './platform/config/process.config.js';
import type { Sandbox } from './sandbox/index.js';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

/**
 * Hands requests of the chat page on to the control API of the sandbox. While Nexus listens on loopback alone nobody
 * need sign in; a page of another site is told apart by its Origin, or by its Host when its name was made to resolve to
 * loopback.
 */
export function sandboxGateway(app: NestExpressApplication, sandbox: Sandbox): RequestHandler {
  const { host } = app.get<ProcessConfig>(processConfig.key);
  const tokens = app.get(AccessTokens);
  const isLocal = LOOPBACK.test(host);
  return (request: Request, response: Response, next: NextFunction) => {
    if (isLocal && LOOPBACK.test(request.hostname) && isSameOrigin(request)) {
      forward(request, response, sandbox);
      return;
    }
    isAdmin(tokens, request)
      .then((admitted) => {
        if (admitted) forward(request, response, sandbox);
        else response.status(401).json({ code: 'unauthenticated', title: 'Sign in as an administrator' });
      })
      .catch(next);
  };
}

/** Browsers name the origin of whatever could change something; programs need not. */
function isSameOrigin({ headers: { origin, host } }: Request): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

async function isAdmin(tokens: AccessTokens, request: Request): Promise<boolean> {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || !token) return false;
  const principal = await tokens.verify(token);
  return principal?.role === 'admin';
}

function forward(request: Request, response: Response, { apiRoot }: Sandbox): void {
  const target = new URL(`/control${request.url}`, apiRoot);
  // The path is normalised by now: one that climbed out of the control API has left its prefix.
  if (!target.pathname.startsWith('/control/')) {
    response.status(404).json({ code: 'request.not_found', title: 'There is nothing here' });
    return;
  }
  const { authorization: _, ...headers } = request.headers;
  const onward = httpRequest(target, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    // Ends the browser's answer, too, when the sandbox goes away in the middle of a stream.
    pipeline(answer, response, () => undefined);
  });
  onward.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.status(502).json({ code: 'sandbox.away', title: 'The sandbox does not answer' });
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
