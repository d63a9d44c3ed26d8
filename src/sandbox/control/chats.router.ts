import express, { type Router } from 'express';
import { discard } from '../bot-api/multipart.js';
import { readParams } from '../bot-api/request-body.js';
import type { World } from '../world/world.js';
import { ControlError, invalid, notFound } from './errors.js';
import { actorOf, bodyOf, placeOf, requiredInteger, requiredText } from './input.js';
import { tellMembership } from './membership.js';
import { pressAsUser } from './press.js';
import { writeAsUser } from './user-message.js';

const SHOWN_MESSAGES = 200;
const MAX_FILE_BYTES = 2000 * 1024 * 1024;

/** What people do in chats, and what they see there. */
export function chatsRouter(world: World): Router {
  const router = express.Router();

  router.get('/chats/:botId/:chatId/messages', (request, response) => {
    response.json(world.conversations.list(placeOf(world, request.params), SHOWN_MESSAGES));
  });

  router.post('/chats/:botId/:chatId/messages', async (request, response) => {
    const place = placeOf(world, request.params);
    const params = await readParams(request, { folder: world.files.incoming, limitBytes: MAX_FILE_BYTES });
    try {
      const user = actorOf(world, place, params);
      if (world.directory.isBlocked(place.botId, user.id)) {
        throw new ControlError(409, 'the user has blocked this bot');
      }
      response.status(201).json(await writeAsUser(world, place, user, params));
    } finally {
      await discard(params.uploads.values());
    }
  });

  router.post('/chats/:botId/:chatId/press', (request, response) => {
    const place = placeOf(world, request.params);
    const body = bodyOf(request);
    const user = actorOf(world, place, body);
    const pressed = pressAsUser(world, place, user, requiredInteger(body, 'messageId'), requiredText(body, 'data'));
    response.status(201).json(pressed);
  });

  router.get('/callbacks/:id', (request, response) => {
    const callback = world.state.callbacks.get(request.params.id);
    if (!callback) throw notFound('callback');
    const { answer, ...pressed } = callback;
    response.json({ ...pressed, answered: answer !== null, ...answer });
  });

  for (const [path, blocked] of [
    ['block', true],
    ['unblock', false],
  ] as const) {
    router.post(`/chats/:botId/:chatId/${path}`, (request, response) => {
      const { botId, chat } = placeOf(world, request.params);
      if (chat.type !== 'private') throw invalid('only a private chat can be blocked');
      const user = actorOf(world, { botId, chat }, bodyOf(request));
      world.directory.setBlocked(botId, user.id, blocked);
      const [before, after] = blocked ? (['member', 'kicked'] as const) : (['kicked', 'member'] as const);
      const bot = world.state.bots.get(botId);
      const updateId = bot ? tellMembership(world, bot, { chatId: chat.id, userId: user.id, before, after }) : null;
      response.status(201).json({ updateId });
    });
  }

  return router;
}
