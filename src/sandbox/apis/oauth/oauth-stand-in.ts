import express from 'express';
import type { ApiName } from '../api-names.js';
import type { Behaviours } from '../behaviour.js';
import type { Ask, Exchange } from '../exchange.js';
import type { StandIn } from '../stand-in.js';
import type { ConsentRules } from './authorization-request.js';
import { Consent } from './consent.js';
import { TokenEndpoint, type TokenRules } from './token-endpoint.js';
import type { Tokens } from './tokens.js';

interface Parts {
  api: ApiName;
  behaviours: Behaviours;
  tokens: Tokens;
  consent: ConsentRules & { path: string };
  token: TokenRules & { path: string };
  /** Whatever else the platform answers: `GET /path` or `POST /path`, or both. */
  routes: readonly { methods: readonly ('get' | 'post')[]; path: string; ask: Ask }[];
}

/** An authorisation server with what its tokens open. */
export function oauthStandIn(exchange: Exchange, parts: Parts): StandIn {
  const { api, behaviours, tokens, routes } = parts;
  const consent = new Consent(tokens, parts.consent);
  const router = express.Router();
  router
    .route(parts.consent.path)
    .get(exchange.look(() => api, consent.page))
    .post(exchange.ask(api, consent));
  router.post(parts.token.path, exchange.ask(api, new TokenEndpoint(tokens, parts.token)));
  for (const { methods, path, ask } of routes) {
    for (const method of methods) router.route(path)[method](exchange.ask(api, ask));
  }
  return { api, behaviours, routers: { [`/apis/${api}`]: router }, quota: null, tokens, reset: () => tokens.clear() };
}
