import { BullAdapter } from '@bull-board/api/bullAdapter';
import { createBullBoard } from '@bull-board/api';
import { ExpressAdapter } from '@bull-board/express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { PANEL_COOKIE, PanelSessions } from './platform/auth/panel-session/panel-sessions.js';
import { processConfig, type ProcessConfig } from './platform/config/process.config.js';
import { cookieOf } from './platform/http-server/cookies.js';
import { isFromOwnPage } from './platform/http-server/own-origin.js';
import { DeclaredJobs } from './platform/queue/declared-jobs.js';
import { Jobs } from './platform/queue/jobs.js';
import { queuesClosedPage } from './queues-closed-page.js';

const PATH = '/queues';
const READING = ['GET', 'HEAD', 'OPTIONS'];

/** Serves Bull's own dashboard of all queues to admins whom `POST /auth/panel-session` has let in. */
export function serveQueuesBoard(app: NestExpressApplication): void {
  const { roles, publicBaseUrl } = app.get<ProcessConfig>(processConfig.key);
  if (!roles.includes('api')) return;
  const jobs = app.get(Jobs);
  const queues = app.get(DeclaredJobs).all();
  const board = new ExpressAdapter().setBasePath(PATH);
  createBullBoard({
    queues: queues.map(({ name }) => new BullAdapter(jobs.queue(name))),
    serverAdapter: board,
    options: { uiConfig: { boardTitle: 'Nexus' } },
  });
  app.use(PATH, adminsOnly(app.get(PanelSessions)), ownPageOnly(publicBaseUrl), board.getRouter() as RequestHandler);
}

function adminsOnly(sessions: PanelSessions): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', 'private, no-store');
    sessions
      .adminOf(cookieOf(request, PANEL_COOKIE) ?? '')
      .then((admin) => {
        if (admin) next();
        else response.status(401).type('html').send(queuesClosedPage(request));
      })
      .catch(next);
  };
}

function ownPageOnly(publicBaseUrl: string | undefined): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (READING.includes(request.method) || isFromOwnPage(request, publicBaseUrl)) next();
    else response.sendStatus(403);
  };
}
