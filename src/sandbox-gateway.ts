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
 * need sign in; a page of another site that was made to resolve to loopback is told apart by its Host header.
 */
export function sandboxGateway(app: NestExpressApplication, sandbox: Sandbox): RequestHandler {
  const { host } = app.get<ProcessConfig>(processConfig.key);
  const tokens = app.get(AccessTokens);
  const isLocal = LOOPBACK.test(host);
  return (request: Request, response: Response, next: NextFunction) => {
    if (isLocal && LOOPBACK.test(request.hostname)) {
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

async function isAdmin(tokens: AccessTokens, request: Request): Promise<boolean> {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || !token) return false;
  const principal = await tokens.verify(token);
  return principal?.role === 'admin';
}

function forward(request: Request, response: Response, { apiRoot }: Sandbox): void {
  const target = new URL(`/control${request.url}`, apiRoot);
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
