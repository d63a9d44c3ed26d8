import express, { type Request, type Router } from 'express';
import type { Clock } from '../../../platform/clock/clock.js';
import { type Answer, ok } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { GATEWAY_BEHAVIOURS, noEndpoint, RapidApiGateway } from '../rapidapi/gateway.js';
import { Quota } from '../rapidapi/quota.js';
import type { Script } from '../scripts.js';
import type { StandIn } from '../stand-in.js';
import type { SavenowBackend, SavenowCustomer } from './backend.js';
import { SAVENOW_BEHAVIOURS } from './behaviours.js';

const UNITS_OF_MONTH = 100_000;
const REQUESTS_OF_MONTH = 500_000;
const REFUSED_KEY = 'invalid';

/** The newest one first; clients are told the first. */
const PROGRESS_PATHS = ['/api/progress', '/ajax/progress', '/ajax/progress.php'];

/** What both doors have; `answer` is what each makes of `download.php`. */
function doorRouter(
  api: SavenowCustomer,
  exchange: Exchange,
  backend: SavenowBackend,
  { refuse, answer }: Parameters<Exchange['ask']>[1],
): Router {
  const router = express.Router();
  router
    .route('/ajax/download.php')
    .get(exchange.ask(api, { refuse, answer }))
    .all(
      exchange.look(
        () => api,
        () => ({ status: 405, body: { success: false, message: 'Method Not Allowed' } }),
      ),
    );
  router.get(
    PROGRESS_PATHS,
    exchange.look(
      (request) => backend.customerOf(request, api),
      (request) => backend.progress(request),
    ),
  );
  return router;
}

/** SaveNow as RapidAPI sells it. Polls need no key, and are understood at this door too. */
export class RapidApiSavenow implements StandIn {
  readonly api = 'savenow';
  readonly behaviours = { ...SAVENOW_BEHAVIOURS, ...GATEWAY_BEHAVIOURS };
  readonly routers: Readonly<Record<string, Router>>;
  /** In units; downloads cost some, requests that fail cost none. */
  readonly quota: Quota;
  readonly tokens = null;
  private readonly requests: Quota;
  private readonly gateway: RapidApiGateway;

  constructor(
    exchange: Exchange,
    private readonly backend: SavenowBackend,
    clock: Clock,
  ) {
    this.quota = new Quota(UNITS_OF_MONTH, clock);
    this.requests = new Quota(REQUESTS_OF_MONTH, clock);
    this.gateway = new RapidApiGateway({ requests: this.requests, units: this.quota });
    const router = doorRouter(this.api, exchange, backend, {
      refuse: (request) => this.gateway.refuse(request),
      answer: (request, script) => this.download(request, script),
    });
    router.use(
      exchange.look(
        () => this.api,
        ({ path }) => noEndpoint(path),
      ),
    );
    this.routers = { '/apis/rapidapi-yt': router };
  }

  reset(): void {
    this.quota.reset();
    this.requests.reset();
    this.backend.reset();
  }

  private download(request: Request, script: Script): Answer {
    const refused = this.gateway.answer(script);
    if (refused) return refused;
    const { answer, units } = this.backend.take(this.api, request, script);
    this.requests.spend(1);
    this.quota.spend(units);
    return { ...answer, headers: this.gateway.headers() };
  }
}

/** SaveNow at its own door: the key is in the query, and tells of no quota. */
export class DirectSavenow implements StandIn {
  readonly api = 'video-download-api';
  readonly behaviours = SAVENOW_BEHAVIOURS;
  readonly quota = null;
  readonly tokens = null;
  readonly routers: Readonly<Record<string, Router>>;

  constructor(
    exchange: Exchange,
    private readonly backend: SavenowBackend,
  ) {
    const router = doorRouter(this.api, exchange, backend, {
      refuse: ({ query }) => ([query.apikey, query.api].includes(REFUSED_KEY) ? invalidKey() : null),
      answer: (request, script) => this.download(request, script),
    });
    this.routers = { '/apis/savenow': router };
  }

  reset(): void {
    this.backend.reset();
  }

  private download(request: Request, script: Script): Answer {
    const { behaviour } = script;
    if (behaviour === 'keyRefused') return invalidKey();
    if (behaviour === 'quota') return ok({ success: false, message: 'Your quota is used up' });
    if (behaviour === 'rate') return { status: 429, body: { success: false, message: 'Too many requests' } };
    return this.backend.take(this.api, request, script).answer;
  }
}

const invalidKey = (): Answer => ok({ success: false, message: 'Invalid API key' });
