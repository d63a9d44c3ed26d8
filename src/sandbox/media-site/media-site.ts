import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Clock } from '../../platform/clock/clock.js';
import { FfmpegError } from '../ffmpeg.js';
import { fileSource } from './byte-source.js';
import { hlsRouter } from './hls.js';
import { Hits } from './hits.js';
import { type Link, links } from './links.js';
import { misbehaviour } from './misbehaviour.js';
import { indexPage, watchPage } from './pages.js';
import { SampleStore } from './sample-store.js';
import { RECIPES } from './samples.js';
import { serveBytes } from './serve-bytes.js';

export interface MediaSiteOptions {
  /** Where samples are kept. */
  folder: string;
  ffmpegPath: string;
  clock: Clock;
  log: (line: string) => void;
  /** Path → what leads from there to one of the other paths. */
  ways?: Readonly<Record<string, RequestHandler>>;
}

/** As the servers of some APIs do, whose links have doubled slashes. */
const mergeSlashes: RequestHandler = (request, _response, next) => {
  const [path = '', ...query] = request.url.split('?');
  request.url = [path.replace(/\/{2,}/g, '/'), ...query].join('?');
  next();
};

export interface MediaSite {
  app: Express;
  links: () => Promise<Link[]>;
  /** Forgets the requests seen. */
  reset: () => void;
}

/** A site with videos, good ones and bad ones, for links to try. Plain HTTP and nothing but these. */
export function createMediaSite({ folder, ffmpegPath, clock, log, ways = {} }: MediaSiteOptions): MediaSite {
  const samples = new SampleStore(folder, ffmpegPath);
  const hits = new Hits(clock);
  const bad = misbehaviour(samples, clock);
  const allLinks = async (): Promise<Link[]> => links(await samples.available());

  const app = express();
  app.disable('x-powered-by');
  app.get('/hits', (_request, response) => {
    response.json(hits.all());
  });
  app.use(hits.record);
  app.use(mergeSlashes);
  for (const [path, way] of Object.entries(ways)) app.get(path, way);
  app.get('/', async (_request, response) => {
    response.type('html').send(indexPage(await allLinks()));
  });
  app.get('/watch/sample', (request, response) => {
    response.type('html').send(watchPage(`http://${request.get('host') ?? ''}`));
  });
  app.use(bad.router, hlsRouter(samples));
  app.get('/:name', async (request, response, next) => {
    const { name } = request.params;
    if (name in RECIPES) await serveBytes(request, response, await fileSource(await samples.file(name)));
    else next();
  });

  const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    log(`Sandbox media: ${message}`);
    response.status(error instanceof FfmpegError ? 503 : 500).send(`The sample cannot be made: ${message}`);
  };
  app.use(answerError);
  const reset = (): void => {
    hits.clear();
    bad.reset();
  };
  return { app, links: allLinks, reset };
}
