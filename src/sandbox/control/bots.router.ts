import express, { type Router } from 'express';
import { DEFAULT_SCOPE_KEY } from '../bot-api/methods/bot-settings.js';
import { isRecord } from '../bot-api/params.js';
import type { Chat, Message, User } from '../bot-api/types.js';
import type { BotRecord } from '../state/records.js';
import { botIdOf } from '../world/directory.js';
import type { World } from '../world/world.js';
import { invalid, notFound } from './errors.js';
import { bodyOf, botOf, requiredInteger, requiredText } from './input.js';

/** Bots, their tokens and the updates put in by hand. */
export function botsRouter(world: World): Router {
  const router = express.Router();

  router.get('/bots', (_request, response) => {
    response.json(world.state.bots.all().map((bot) => botView(world, bot)));
  });

  router.post('/bots', (request, response) => {
    const body = bodyOf(request);
    const token = requiredText(body, 'token');
    if (botIdOf(token) === null) throw invalid('a token looks like 123456:secret');
    const bot = world.directory.registerBot(token, requiredText(body, 'username'), requiredText(body, 'name'));
    response.status(201).json(botView(world, bot));
  });

  router.post('/tokens/revoke', (request, response) => {
    world.state.revokedTokens.put(requiredText(bodyOf(request), 'token'), true);
    response.sendStatus(204);
  });

  router.post('/tokens/restore', (request, response) => {
    world.state.revokedTokens.remove(requiredText(bodyOf(request), 'token'));
    response.sendStatus(204);
  });

  router.post('/bots/:botId/updates', (request, response) => {
    const bot = botOf(world, request.params.botId);
    const body: unknown = request.body;
    if (!isRecord(body)) throw invalid('an update must be an object');
    if (body.update_id !== undefined && !Number.isInteger(body.update_id))
      throw invalid('update_id must be an integer');
    learn(world, bot, body);
    response.status(201).json({ updateId: world.updates.inject(bot.id, body) });
  });

  router.post('/bots/:botId/updates/:updateId/repeat', (request, response) => {
    const bot = botOf(world, request.params.botId);
    const update = world.updates.recent(bot.id, Number(request.params.updateId));
    if (!update) throw notFound('update');
    const times = requiredInteger(bodyOf(request), 'times');
    for (let time = 0; time < times; time += 1) world.updates.inject(bot.id, update);
    response.status(201).json({ updateId: update.update_id });
  });

  return router;
}

function botView(world: World, { id, username, name, commands, webhook }: BotRecord): object {
  const mode = webhook ? 'webhook' : world.polls.isPolling(id) ? 'polling' : 'off';
  return { id, username, name, commands: commands[DEFAULT_SCOPE_KEY] ?? [], mode };
}

/** A bot can answer an update put in by hand only when its people, chat and message are there. */
function learn(world: World, bot: BotRecord, update: Record<string, unknown>): void {
  const payload = Object.values(update).find(isRecord);
  if (!payload) return;
  const holder = isRecord(payload.message) ? payload.message : payload;
  const chat = isRecord(holder.chat) ? (holder.chat as unknown as Chat) : undefined;
  world.directory.meet(bot.id, isRecord(payload.from) ? (payload.from as unknown as User) : undefined, chat);
  const message = update.message;
  if (chat && isRecord(message) && typeof message.message_id === 'number') {
    const place = { botId: bot.id, chat };
    if (!world.conversations.get(place, message.message_id)) {
      world.conversations.addAsIs(place, message as unknown as Message);
    }
  }
}
