import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { fileSource } from './byte-source.js';
import type { SampleStore } from './sample-store.js';
import { serveBytes } from './serve-bytes.js';

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';
const MISSING = 'segment2.ts';

/** A playlist, and the same with one segment under a name that is not there. */
export function hlsRouter(samples: SampleStore): Router {
  const router = express.Router();
  const playlist = async (): Promise<string> => readFile(join(await samples.hls(), 'i.m3u8'), 'utf8');

  router.get('/hls/i.m3u8', async (_request, response) => {
    response.type(PLAYLIST_TYPE).send(await playlist());
  });

  router.get('/hls/gap.m3u8', async (_request, response) => {
    response.type(PLAYLIST_TYPE).send((await playlist()).replace(MISSING, `missing-${MISSING}`));
  });

  router.get(/^\/hls\/(segment\d+\.ts)$/, async (request, response, next) => {
    const source = await fileSource(join(await samples.hls(), request.params[0] ?? '')).catch(() => null);
    if (source) await serveBytes(request, response, source);
    else next();
  });

  return router;
}
