import express, { type Router } from 'express';
import type { World } from '../world/world.js';
import { notFound } from './errors.js';
import { streamEvents } from './event-stream.js';
import { queryOf } from './input.js';

/** Calls, events and files, to look at. */
export function observationRouter(world: World): Router {
  const router = express.Router();

  router.get('/calls', (request, response) => {
    const query = queryOf(request);
    const [botId, chatId, after, limit] = ['botId', 'chatId', 'after', 'limit'].map((name) => query.integer(name));
    response.json(world.calls.find({ botId, chatId, method: query.text('method'), after, limit }));
  });

  router.get('/events', (request, response) => {
    const query = queryOf(request);
    const afterId = Number(request.get('last-event-id') ?? query.text('lastEventId') ?? Number.NaN);
    const filter = { botId: query.integer('botId'), chatId: query.integer('chatId') };
    streamEvents(world.events, filter, Number.isFinite(afterId) ? afterId : null, response);
  });

  router.get('/files/:fileUniqueId', (request, response) => {
    const file = world.files.get(request.params.fileUniqueId);
    if (!file) throw notFound('file');
    response.type(file.mimeType).sendFile(file.stored, { root: world.files.folder });
  });

  return router;
}
