import { randomUUID } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import type { Clock } from '../../../platform/clock/clock.js';
import { type Answer, ok } from '../answer.js';
import { badGateway, type Behaviours, TRANSPORT_BEHAVIOURS } from '../behaviour.js';
import { type Exchange, jsonOf } from '../exchange.js';
import { type LinkFacts, linkFacts } from '../link-facts.js';
import { MEDIA_BEHAVIOURS, type MediaLinks } from '../media-links.js';
import type { Script } from '../scripts.js';
import type { StandIn } from '../stand-in.js';
import { GATEWAY_BEHAVIOURS, noEndpoint, RapidApiGateway } from './gateway.js';
import { Quota } from './quota.js';

const API = 'rapidapi';
const REQUESTS_OF_MONTH = 10_000;

/** What it says of media that it cannot have, some in each of the forms that failures come in. */
const REFUSALS: Readonly<Record<string, (text?: string) => object>> = {
  refused: (text = 'Something went wrong') => ({ error: true, message: text }),
  private: (text = 'This post is private') => ({ error: true, message: text }),
  age: (text = 'This content is age restricted') => ({ message: text }),
  live: (text = 'Live streams are not supported') => ({ error: true, message: text }),
  tooLong: (text = 'The video is too long') => ({ message: text }),
  unavailable: (text = 'Post not found or has been removed') => ({ error: true, message: text }),
};

const BEHAVIOURS: Behaviours = {
  ok: 'one video, in several qualities',
  album: 'a post with two photos and a video',
  photo: 'a post with one photo',
  googlevideo: 'the first of the media is on googlevideo.com',
  empty: '200 without media',
  refused: '200 with error true; `text`',
  private: '200, the post is private',
  age: '200 with a message alone, age-restricted',
  live: '200, a live stream',
  tooLong: '200 with a message alone, too long',
  unavailable: '200, the post is gone',
  badGateway: '502 and a page',
  ...GATEWAY_BEHAVIOURS,
  ...MEDIA_BEHAVIOURS,
  ...TRANSPORT_BEHAVIOURS,
};

interface Medium {
  url: string;
  quality: string;
  extension: string;
  type: 'video' | 'audio' | 'image';
  duration?: number;
}

/** Social Download All In One: `POST /v1/social/autolink` with a link, or GET with it in the query. */
export class SocialDownload implements StandIn {
  readonly api = API;
  readonly behaviours = BEHAVIOURS;
  readonly routers: Readonly<Record<string, Router>>;
  readonly quota: Quota;
  readonly tokens = null;
  private readonly gateway: RapidApiGateway;

  constructor(
    exchange: Exchange,
    private readonly media: MediaLinks,
    clock: Clock,
  ) {
    this.quota = new Quota(REQUESTS_OF_MONTH, clock);
    this.gateway = new RapidApiGateway({ requests: this.quota });
    const router = express.Router();
    const ask = exchange.ask(API, {
      refuse: (request) => this.gateway.refuse(request),
      answer: (request, script) => this.autolink(linkOf(request), script),
    });
    router.route('/v1/social/autolink').get(ask).post(ask);
    router.use(
      exchange.look(
        () => API,
        ({ path }) => noEndpoint(path),
      ),
    );
    this.routers = { '/apis/rapidapi-social': router };
  }

  reset(): void {
    this.quota.reset();
  }

  private autolink(link: string, script: Script): Answer {
    const refused = this.gateway.answer(script);
    if (refused) return refused;
    if (script.behaviour === 'badGateway') return badGateway(502);
    this.quota.spend(1);
    return ok(this.reply(link, script), this.gateway.headers());
  }

  private reply(link: string, script: Script): object {
    const refusal = REFUSALS[script.behaviour];
    if (refusal) return refusal(script.text);
    const facts = linkFacts(link, script);
    if (!facts) return { error: true, message: 'Unsupported URL' };
    const ask = randomUUID();
    return {
      url: facts.url,
      source: facts.platform,
      title: facts.title,
      author: facts.author,
      thumbnail: this.media.at('photo.jpg', { api: API, ask }),
      duration: facts.durationSec,
      medias: script.behaviour === 'empty' ? [] : this.mediaOf(facts, script, ask),
      type: script.behaviour === 'album' ? 'multiple' : 'single',
      error: false,
    };
  }

  private mediaOf(facts: LinkFacts, script: Script, ask: string): Medium[] {
    const mark = { api: API, ask } as const;
    const photo = (path: string): Medium => ({
      url: this.media.at(path, mark),
      quality: 'original',
      extension: 'jpg',
      type: 'image',
    });
    const video = (quality: string): Medium => ({
      url: this.media.medium(script, facts.sample, { ...mark, quality }),
      quality,
      extension: 'mp4',
      type: 'video',
      duration: facts.durationSec,
    });
    const sound: Medium = { url: this.media.at('sound.mp3', mark), quality: 'audio', extension: 'mp3', type: 'audio' };
    if (script.behaviour === 'photo') return [photo('photo.jpg')];
    if (script.behaviour === 'album') return [photo('photo.jpg'), photo('photo-tall.jpg'), video('original')];
    const qualities = facts.platform === 'tiktok' ? ['watermark', 'hd_no_watermark', 'no_watermark'] : ['360p', '720p'];
    const elsewhere = script.behaviour === 'googlevideo' ? [{ ...video('720p'), url: googlevideo(ask) }] : [];
    return [...elsewhere, ...qualities.map(video), sound];
  }
}

/** Bound to the address that YouTube gave it to: nobody but the API could fetch it. */
const googlevideo = (id: string): string => `https://rr1---sn-sandbox.googlevideo.com/videoplayback?id=${id}`;

function linkOf(request: Request): string {
  const body = jsonOf(request);
  const inBody = typeof body === 'object' && body !== null && 'url' in body ? body.url : undefined;
  const link = request.method === 'GET' ? request.query.url : inBody;
  return typeof link === 'string' ? link : '';
}
