import { parse } from 'node:path';
import express, { type ErrorRequestHandler, type Router } from 'express';
import type { World } from '../world/world.js';
import { type Dispatcher, errorAnswer } from './dispatcher.js';
import { BotApiError } from './errors.js';
import { Exchange } from './exchange.js';
import { bodyParsers } from './request-body.js';

/** `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export function botApiRouter(world: World, dispatcher: Dispatcher, log: (line: string) => void): Router {
  const router = express.Router();

  router.use('/bot:token', ...bodyParsers);
  router.all('/bot:token/:method', (request, response) => new Exchange(world, dispatcher, request, response).run());

  router.get('/file/bot:token/*path', (request, response) => {
    const { token, path } = request.params;
    const file = world.files.get(parse(path.at(-1) ?? '').name);
    const isKnown = world.directory.botByToken(token) !== null && !world.state.revokedTokens.get(token);
    if (!file || !isKnown) throw new BotApiError(404, 'Not Found');
    response.type(file.mimeType).sendFile(file.stored, { root: world.files.folder });
  });

  router.use(['/bot:token', '/file'], () => {
    throw new BotApiError(404, 'Not Found');
  });

  const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, body } = errorAnswer(asBotApiError(error, log));
    response.status(status).json(body);
  };
  router.use(answerError);
  return router;
}

/** Body parsers throw errors with an HTTP status; anything without one is a fault of the stand-in. */
function asBotApiError(error: unknown, log: (line: string) => void): BotApiError {
  if (error instanceof BotApiError) return error;
  const status = error instanceof Error && 'status' in error ? error.status : 500;
  if (status === 404) return new BotApiError(404, 'Not Found');
  if (status === 413) return new BotApiError(413, 'Request Entity Too Large');
  if (typeof status === 'number' && status < 500) return new BotApiError(400, "Bad Request: can't parse request body");
  log(`Sandbox Bot API: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new BotApiError(500, 'Internal Server Error');
}
