import express, { type Router } from 'express';
import type { World } from '../world/world.js';
import { invalid, notFound } from './errors.js';
import { bodyOf, botOf, integers, requiredText } from './input.js';
import { tellMembership } from './membership.js';

/** Test users and groups. */
export function peopleRouter(world: World): Router {
  const router = express.Router();

  router.get('/users', (_request, response) => {
    response.json(world.state.users.all());
  });

  router.post('/users', (request, response) => {
    const body = bodyOf(request);
    const languageCode = body.text('languageCode') ?? 'en';
    const user = world.directory.addUser(requiredText(body, 'firstName'), languageCode, body.text('username') ?? null);
    response.status(201).json(user);
  });

  router.get('/groups', (_request, response) => {
    response.json(world.state.groups.all());
  });

  router.post('/groups', (request, response) => {
    const body = bodyOf(request);
    const userIds = integers(body, 'userIds');
    const bots = integers(body, 'botIds').map((id) => botOf(world, id));
    const [founderId] = userIds;
    if (founderId === undefined) throw invalid('a group needs a user');
    if (!userIds.every((id) => world.state.users.get(id))) throw notFound('user');
    const group = world.directory.addGroup(
      requiredText(body, 'title'),
      userIds,
      bots.map(({ id }) => id),
    );
    for (const bot of bots) {
      tellMembership(world, bot, { chatId: group.id, userId: founderId, before: 'left', after: 'member' });
    }
    response.status(201).json(group);
  });

  return router;
}
