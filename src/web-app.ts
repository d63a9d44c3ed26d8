import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const WEB = join(__dirname, '..', 'web', 'dist');
const INDEX = join(WEB, 'index.html');
const NOT_PAGES = /^\/(api|docs|docs-json|queues|sandbox\/api)(\/|$)/;

/** Serves the web app: its files, and its one page under every address that is not the API's. */
export function serveWeb(app: NestExpressApplication, { startPage }: { startPage: string }): void {
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (request.path !== '/') next();
    else response.redirect(startPage + request.originalUrl.slice(request.originalUrl.search(/\?|$/)));
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

function noStoreOfPages(response: Response, path: string): void {
  if (path.endsWith('.html')) response.setHeader('cache-control', 'no-cache');
}
