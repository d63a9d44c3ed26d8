import express, { type Router } from 'express';
import { API_NAMES, apiOfAdapter, type ApiName } from '../apis/api-names.js';
import { ERROR_CODES } from '../apis/cobalt/error-codes.js';
import { SAMPLE_PATH } from '../apis/link-facts.js';
import type { OutsideApis } from '../apis/outside-apis.js';
import type { Script } from '../apis/scripts.js';
import type { RevocableTokens } from '../apis/stand-in.js';
import type { Params } from '../bot-api/params.js';
import { invalid, notFound } from './errors.js';
import { bodyOf, queryOf, requiredText } from './input.js';

const TEXTS = ['sample', 'text', 'how', 'code'] as const;
const NUMBERS = ['durationSec', 'polls', 'seconds'] as const;
const WORDS: readonly string[] = ['api', 'behaviour', 'times', ...TEXTS, ...NUMBERS];

/** How the stand-ins of outside APIs behave, and what they were asked. */
export function apisRouter(apis: OutsideApis): Router {
  const router = express.Router();

  router.get('/apis', (_request, response) => {
    response.json(apis.views());
  });

  /** A script for the next `times` calls, or for all others when it has none. */
  router.post('/apis', (request, response) => {
    const body = bodyOf(request);
    const api = apiNamed(requiredText(body, 'api'));
    apis.scripts.add(api, readScript(body, apis, api), positive(body, 'times'));
    response.status(201).json(apis.view(api));
  });

  /** Forgets scripts; jobs that were begun go on as they were scripted. */
  router.delete('/apis', (_request, response) => {
    for (const api of API_NAMES) apis.scripts.clear(api);
    response.sendStatus(204);
  });

  router.delete('/apis/:api', (request, response) => {
    apis.scripts.clear(apiNamed(request.params.api));
    response.sendStatus(204);
  });

  router.post('/apis/:api/quota', (request, response) => {
    const api = apiNamed(request.params.api);
    const quota = apis.quota(api);
    if (!quota) throw invalid('this API tells of no quota');
    const body = bodyOf(request);
    quota.set({ limit: positive(body, 'limit'), remaining: body.integer('remaining') });
    response.json(apis.view(api));
  });

  /** As when an hour has passed. */
  router.post('/apis/:api/tokens/expire', (request, response) => {
    response.json({ expired: tokensOf(apis, request.params.api).expireAccess() });
  });

  /** As when people take back what they have allowed: one account, or all. */
  router.post('/apis/:api/tokens/revoke', (request, response) => {
    const account = bodyOf(request).text('account');
    response.json({ revoked: tokensOf(apis, request.params.api).revoke(account) });
  });

  router.get('/apis/calls', (request, response) => {
    const query = queryOf(request);
    const name = query.text('api');
    const [after, limit] = [query.integer('after'), query.integer('limit')];
    response.json(apis.calls.find({ api: name === undefined ? undefined : apiNamed(name), after, limit }));
  });

  return router;
}

function apiNamed(adapter: string): ApiName {
  const api = apiOfAdapter(adapter);
  if (!api) throw notFound('API');
  return api;
}

function tokensOf(apis: OutsideApis, adapter: string): RevocableTokens {
  const tokens = apis.tokens(apiNamed(adapter));
  if (!tokens) throw invalid('this API hands out no tokens');
  return tokens;
}

/** A word that is not known is refused: a misspelt `times` would make a script stand for ever. */
function readScript(body: Params, apis: OutsideApis, api: ApiName): Script {
  const unknown = Object.keys(body.values).find((word) => !WORDS.includes(word));
  if (unknown !== undefined) throw invalid(`${unknown} is not known; there are ${WORDS.join(', ')}`);
  const behaviour = requiredText(body, 'behaviour');
  const names = Object.keys(apis.view(api).behaviours);
  if (!names.includes(behaviour)) throw invalid(`behaviour must be one of ${names.join(', ')}`);
  const script: Script = { behaviour };
  for (const name of TEXTS) script[name] = body.text(name);
  for (const name of NUMBERS) script[name] = positive(body, name);
  if (script.sample !== undefined && !SAMPLE_PATH.test(script.sample))
    throw invalid('sample must be like vertical.mp4');
  if (script.code !== undefined && !ERROR_CODES.includes(script.code)) {
    throw invalid(`code must be one of ${ERROR_CODES.join(', ')}`);
  }
  return script;
}

function positive(body: Params, name: string): number | undefined {
  if (body.text(name) === undefined) return undefined;
  const value = Number(body.text(name));
  if (!(value > 0)) throw invalid(`${name} must be more than 0`);
  return value;
}
