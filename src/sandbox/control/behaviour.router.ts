import express, { type Router } from 'express';
import type { Params } from '../bot-api/params.js';
import type { SettingsRecord } from '../state/records.js';
import type { FaultSpec } from '../world/faults.js';
import type { World } from '../world/world.js';
import { invalid, notFound } from './errors.js';
import { bodyOf, requiredInteger, requiredText } from './input.js';

/** How the stand-in behaves: faults, settings, a fresh start. */
export function behaviourRouter(world: World, onReset: () => void): Router {
  const router = express.Router();

  router.get('/faults', (_request, response) => {
    response.json(world.faults.list());
  });

  router.post('/faults', (request, response) => {
    response.status(201).json({ id: world.faults.add(readFault(bodyOf(request))) });
  });

  router.delete('/faults', (_request, response) => {
    world.faults.clear();
    response.sendStatus(204);
  });

  router.delete('/faults/:id', (request, response) => {
    if (!world.faults.remove(Number(request.params.id))) throw notFound('fault');
    response.sendStatus(204);
  });

  router.get('/settings', (_request, response) => {
    response.json(world.state.settings);
  });

  router.post('/settings', (request, response) => {
    response.json(world.state.changeSettings(readSettings(bodyOf(request))));
  });

  /** Forgets messages, calls, faults, pending updates and what goes on in outside APIs; who there is and all counters stay. */
  router.post('/reset', (_request, response) => {
    world.faults.clear();
    world.calls.clear();
    world.conversations.clear();
    world.state.callbacks.clear();
    for (const { id } of world.state.bots.all()) world.updates.clear(id);
    onReset();
    response.sendStatus(204);
  });

  return router;
}

function readFault(body: Params): FaultSpec {
  const target = {
    method: body.text('method'),
    botId: body.integer('botId'),
    chatId: body.integer('chatId') ?? body.text('chatId'),
    times: body.integer('times'),
  };
  const kind = body.text('kind');
  switch (kind) {
    case 'error': {
      const [status, retryAfter] = [requiredInteger(body, 'status'), body.integer('retryAfter')];
      return { ...target, kind, status, description: requiredText(body, 'description'), retryAfter };
    }
    case 'delay':
      return { ...target, kind, ms: requiredInteger(body, 'ms') };
    case 'drop':
    case 'hang': {
      const when = body.text('when') ?? 'before';
      if (when !== 'before' && when !== 'after') throw invalid('when must be before or after');
      return { ...target, kind, when };
    }
    default:
      throw invalid('kind must be error, delay, drop or hang');
  }
}

function readSettings(body: Params): Partial<SettingsRecord> {
  const change: Partial<SettingsRecord> = {};
  for (const name of ['enforceFlood', 'local'] as const) {
    if (body.text(name) !== undefined) change[name] = body.flag(name);
  }
  for (const name of ['uploadLimitMb', 'webhookRetryMs'] as const) {
    if (body.text(name) !== undefined) change[name] = requiredInteger(body, name);
  }
  return change;
}
