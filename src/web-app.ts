import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const WEB = join(__dirname, '..', 'web', 'dist');
const INDEX = join(WEB, 'index.html');
const NOT_PAGES = /^\/(api|docs|docs-json|queues|sandbox\/api)(\/|$)/;
const CONNECTIONS = '/connections';
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])(?=:|$)/;

interface WebAppOptions {
  /** Where `/` leads. */
  startPage: string;
  /** Under which platforms send browsers back. */
  publicBaseUrl: string;
}

/** Serves the web app: its files, and its one page under every address that is not the API's. */
export function serveWeb(app: NestExpressApplication, { startPage, publicBaseUrl }: WebAppOptions): void {
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (request.path === '/') response.redirect(startPage + queryOf(request));
    else if (request.path === CONNECTIONS && isOtherLoopback(request, publicBaseUrl)) {
      response.redirect(publicBaseUrl + request.originalUrl);
    } else next();
  });
  app.useStaticAssets(WEB, { index: false, immutable: true, maxAge: '1y', setHeaders: noStoreOfPages });
  app.use((request: Request, response: Response, next: NextFunction) => {
    const wantsPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      request.accepts('html') &&
      !NOT_PAGES.test(request.path);
    if (wantsPage && existsSync(INDEX)) response.sendFile(INDEX, { headers: { 'cache-control': 'no-cache' } });
    else next();
  });
}

function queryOf({ originalUrl }: Request): string {
  return originalUrl.slice(originalUrl.search(/\?|$/));
}

/**
 * Whether this machine was called by another of its names than platforms send browsers back to: the cookie that is set
 * under the one is not there under the other.
 */
function isOtherLoopback({ headers: { host = '' } }: Request, publicBaseUrl: string): boolean {
  if (!URL.canParse(publicBaseUrl)) return false;
  const own = new URL(publicBaseUrl).host;
  return host !== own && LOOPBACK.test(host) && host.replace(LOOPBACK, '') === own.replace(LOOPBACK, '');
}

function noStoreOfPages(response: Response, path: string): void {
  if (path.endsWith('.html')) response.setHeader('cache-control', 'no-cache');
}
