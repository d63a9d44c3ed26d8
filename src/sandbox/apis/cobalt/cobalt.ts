import { randomUUID } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import type { Clock } from '../../../platform/clock/clock.js';
import { type Answer, ok } from '../answer.js';
import { badGateway, type Behaviours, TRANSPORT_BEHAVIOURS } from '../behaviour.js';
import type { Exchange } from '../exchange.js';
import { linkFacts } from '../link-facts.js';
import { MEDIA_BEHAVIOURS, type MediaLinks } from '../media-links.js';
import type { Script } from '../scripts.js';
import type { StandIn } from '../stand-in.js';
import { errorAnswer } from './answers.js';
import { mediaReply } from './media-reply.js';
import { RateWindow, WINDOW_SEC } from './rate-window.js';
import { bodyRefusal, headerRefusal, wishOf } from './request-check.js';
import type { Tunnels } from './tunnels.js';

const API = 'cobalt';
const VERSION = '11.7.1';
const SERVICES = ['youtube', 'tiktok', 'instagram', 'pinterest'];
const LONGEST_SEC = 10_800;

const CODES: Readonly<Record<string, string>> = {
  private: 'content.video.private',
  age: 'content.video.age',
  live: 'content.video.live',
  tooLong: 'content.too_long',
  unavailable: 'content.video.unavailable',
  keyRefused: 'auth.key.not_found',
  rate: 'rate_exceeded',
};

const BEHAVIOURS: Behaviours = {
  ok: 'a tunnel for YouTube and TikTok, else a redirect',
  tunnel: 'a tunnel; `how`: known (default, with Content-Length), estimated',
  expiredTunnel: 'a tunnel that is closed already',
  redirect: 'a redirect to the medium itself',
  picker: 'two photos and a video to pick from, and a sound',
  localProcessing: 'streams that the caller is to put together himself',
  error: 'an error; `code` without `error.api.` (fetch.fail)',
  private: '400 content.video.private',
  age: '400 content.video.age',
  live: '400 content.video.live',
  tooLong: '400 content.too_long, the limit in minutes',
  unavailable: '400 content.video.unavailable',
  keyRefused: '400 auth.key.not_found',
  rate: '429 rate_exceeded',
  badGateway: '502 and a page',
  ...MEDIA_BEHAVIOURS,
  ...TRANSPORT_BEHAVIOURS,
};

/** An own instance of cobalt: `POST /` with a link, `GET /` about itself. Its tunnels are on the media site. */
export class Cobalt implements StandIn {
  readonly api = API;
  readonly behaviours = BEHAVIOURS;
  readonly routers: Readonly<Record<string, Router>>;
  readonly quota: RateWindow;
  readonly tokens = null;
  private readonly startedAt: number;

  constructor(
    exchange: Exchange,
    private readonly media: MediaLinks,
    private readonly tunnels: Tunnels,
    clock: Clock,
  ) {
    this.quota = new RateWindow(clock);
    this.startedAt = clock.now().getTime();
    const router = express.Router();
    router.post(
      '/',
      exchange.ask(API, {
        refuse: (request) => this.refuse(request),
        answer: (request, script) => this.counted(this.answer(request, script)),
      }),
    );
    router.get(
      '/',
      exchange.look(
        () => API,
        () => ok(this.about()),
      ),
    );
    this.routers = { '/apis/cobalt': router };
  }

  reset(): void {
    this.quota.reset();
    this.tunnels.reset();
  }

  /** In the order of the real one: headers, rate, body. */
  private refuse(request: Request): Answer | null {
    const refusal = headerRefusal(request);
    if (refusal) return refusal;
    if (!this.quota.hit()) return this.tooMany();
    const unfit = bodyRefusal(request);
    return unfit && this.counted(unfit);
  }

  private counted(answer: Answer): Answer {
    return { ...answer, headers: { ...this.quota.headers(), ...answer.headers } };
  }

  private answer(request: Request, script: Script): Answer {
    const { behaviour } = script;
    if (behaviour === 'badGateway') return badGateway(502);
    const wish = wishOf(request);
    const facts = linkFacts(wish.url, script);
    const service = facts?.platform;
    const code = behaviour === 'error' ? (script.code ?? 'fetch.fail') : CODES[behaviour];
    if (code === 'rate_exceeded') return this.tooMany();
    if (code === 'content.too_long') return tooLong(service);
    if (code !== undefined) return errorAnswer(code, { service });
    if (!facts) return errorAnswer(URL.canParse(wish.url) ? 'service.unsupported' : 'link.invalid');
    if (facts.durationSec > LONGEST_SEC) return tooLong(service);
    return ok(mediaReply({ wish, facts, script, ask: randomUUID() }, this.media, this.tunnels));
  }

  private tooMany(): Answer {
    const retry = { 'Retry-After': String(this.quota.resetSec) };
    return this.counted(errorAnswer('rate_exceeded', { limit: WINDOW_SEC }, retry));
  }

  private about(): object {
    const startTime = String(this.startedAt);
    return {
      cobalt: { version: VERSION, url: `${this.media.mediaUrl}/`, startTime, services: SERVICES },
      git: { commit: 'a636575', branch: 'main', remote: 'imputnet/cobalt' },
    };
  }
}

const tooLong = (service?: string): Answer => errorAnswer('content.too_long', { service, limit: LONGEST_SEC / 60 });
