import express, { type Request, type Router } from 'express';
import type { Clock } from '../../platform/clock/clock.js';
import { fileSource, paddedSource, type ByteSource } from './byte-source.js';
import { STATUSES } from './links.js';
import type { SampleStore } from './sample-store.js';
import { RECIPES } from './samples.js';
import { serveBytes } from './serve-bytes.js';

const SLOW_BYTES = 5_000_000;
const SLOW_RATE = 200_000;
const STALL_AFTER_BYTES = 100_000;
const CUT_AT = 0.25;
const RETRY_AFTER_SEC = 30;
const BYTES_PER_MB = 1024 * 1024;
const MAX_BIG_MB = 4000;

/** Downloads that go wrong in known ways. `reset` forgets who was cut off how often. */
export function misbehaviour(samples: SampleStore, clock: Clock): { router: Router; reset: () => void } {
  const router = express.Router();
  const cuts = new Map<string, number>();
  const ok = async (): Promise<ByteSource> => fileSource(await samples.file('ok.mp4'));

  /** The sample that `sample` names. */
  const named = async ({ query: { sample } }: Request): Promise<ByteSource> =>
    fileSource(await samples.file(typeof sample === 'string' && Object.hasOwn(RECIPES, sample) ? sample : 'ok.mp4'));

  router.get('/norange.mp4', async (request, response) => {
    await serveBytes(request, response, await named(request), { ranges: false });
  });

  router.get('/unsized.mp4', async (request, response) => {
    await serveBytes(request, response, await named(request), { ranges: false, isSizeTold: false });
  });

  router.get('/empty.mp4', (_request, response) => {
    response.status(200).set({ 'content-type': 'video/mp4', 'content-length': '0' }).end();
  });

  router.get('/slow.mp4', async (request, response) => {
    const rate = numberIn(request, 'rate', SLOW_RATE);
    await serveBytes(request, response, paddedSource(await ok(), SLOW_BYTES), { bytesPerSec: { rate, clock } });
  });

  router.get('/stall.mp4', async (request, response) => {
    await serveBytes(request, response, await ok(), { stopAt: { byte: STALL_AFTER_BYTES, then: 'silence' } });
  });

  /** Cut as many times as `times` says; after a whole download the same client is cut again. */
  router.get('/cut.mp4', async (request, response) => {
    const source = await ok();
    const client = `${request.ip ?? ''} ${request.get('user-agent') ?? ''} ${request.originalUrl}`;
    const cut = cuts.get(client) ?? 0;
    if (cut < numberIn(request, 'times', 1)) {
      cuts.set(client, cut + 1);
      await serveBytes(request, response, source, { stopAt: { byte: Math.floor(source.size * CUT_AT), then: 'cut' } });
    } else if (await serveBytes(request, response, source)) {
      cuts.delete(client);
    }
  });

  router.get('/big.mp4', async (request, response) => {
    const mb = numberIn(request, 'mb', 1000);
    if (mb < 2 || mb > MAX_BIG_MB) {
      response.status(400).send(`mb goes from 2 to ${MAX_BIG_MB}`);
      return;
    }
    const rate = numberIn(request, 'rate', Infinity);
    const bytesPerSec = Number.isFinite(rate) ? { rate, clock } : undefined;
    await serveBytes(request, response, paddedSource(await ok(), Math.round(mb * BYTES_PER_MB)), { bytesPerSec });
  });

  /** An open redirect, as careless sites have them: what follows it must look where it leads. */
  router.get('/redir', (request, response) => {
    const { to } = request.query;
    response.redirect(302, typeof to === 'string' ? to : '/ok.mp4');
  });

  for (const status of STATUSES) {
    router.get(`/${status}.mp4`, (_request, response) => {
      if (status === 429 || status === 503) response.set('retry-after', String(RETRY_AFTER_SEC));
      response.sendStatus(status);
    });
  }

  return { router, reset: () => cuts.clear() };
}

function numberIn(request: Request, name: string, otherwise: number): number {
  const value = Number(request.query[name]);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}
