import express, { type ErrorRequestHandler, type Router } from 'express';
import type { OutsideApis } from '../apis/outside-apis.js';
import { BotApiError } from '../bot-api/errors.js';
import { bodyParsers } from '../bot-api/request-body.js';
import type { World } from '../world/world.js';
import { apisRouter } from './apis.router.js';
import { behaviourRouter } from './behaviour.router.js';
import { botsRouter } from './bots.router.js';
import { chatsRouter } from './chats.router.js';
import { ControlError } from './errors.js';
import { kieRouter } from './kie.router.js';
import { observationRouter } from './observation.router.js';
import { peopleRouter } from './people.router.js';

export interface SampleLink {
  /** On its own site. */
  path: string;
  title: string;
  url: string;
  what: string;
}

export interface ControlOptions {
  /** Tells the sandbox of one data folder from all others. */
  instance: string;
  samples: () => Promise<SampleLink[]>;
  apis: OutsideApis;
  onReset: () => void;
  log: (line: string) => void;
}

/** What the chat page and tests drive the stand-in with, under `/control`. */
export function controlRouter(world: World, { instance, samples, apis, onReset, log }: ControlOptions): Router {
  const router = express.Router();
  router.use(...bodyParsers);
  router.get('/hello', (_request, response) => {
    response.json({ app: 'nexus-sandbox', instance });
  });
  router.get('/media', async (_request, response) => {
    response.json(await samples());
  });
  router.use(botsRouter(world), peopleRouter(world), chatsRouter(world));
  router.use(observationRouter(world), behaviourRouter(world, onReset), kieRouter(apis.kie), apisRouter(apis));
  router.use(() => {
    throw new ControlError(404, 'no such path');
  });

  const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, message } = describe(error);
    if (status >= 500) log(`Sandbox control: ${error instanceof Error ? (error.stack ?? message) : message}`);
    response.status(status).json({ error: message });
  };
  router.use(answerError);
  return router;
}

function describe(error: unknown): { status: number; message: string } {
  if (error instanceof ControlError) return { status: error.status, message: error.message };
  if (error instanceof BotApiError) return { status: error.code, message: error.description };
  const message = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
  return { status, message };
}
