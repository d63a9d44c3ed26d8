import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import express from 'express';
import type { Clock } from '../platform/clock/clock.js';
import type { HttpClient } from '../platform/http/index.js';
import { Tunnels } from './apis/cobalt/tunnels.js';
import { KIE_VIDEO_PATH, kieVideos } from './apis/kie/videos.js';
import { OutsideApis } from './apis/outside-apis.js';
import { PLATFORM_LINKS } from './apis/platform-links.js';
import { Dispatcher } from './bot-api/dispatcher.js';
import { botApiRouter } from './bot-api/router.js';
import { controlRouter, type SampleLink } from './control/router.js';
import { listen } from './http-server.js';
import type { Link } from './media-site/links.js';
import { createMediaSite } from './media-site/media-site.js';
import { type Address, readAddress, writeAddress } from './running-sandbox.js';
import type { SandboxOptions } from './sandbox-options.js';
import { WebhookPusher } from './world/webhook-pusher.js';
import { openWorld } from './world/world.js';

const DEFAULT_FFMPEG = 'ffmpeg';

export interface RunningSandbox {
  address: Address;
  close(): Promise<void>;
}

/** Puts the parts together and opens both ports. The caller sees to it that this happens once for a data folder. */
export async function runSandbox(
  folder: string,
  options: SandboxOptions,
  http: HttpClient,
  clock: Clock,
): Promise<RunningSandbox> {
  const { host, bots, log, ffmpegPath = DEFAULT_FFMPEG } = options;
  const tunnels = new Tunnels(clock);
  const ways = { '/tunnel': tunnels.handler, [KIE_VIDEO_PATH]: kieVideos(clock) };
  const site = createMediaSite({ folder: join(folder, 'media'), ffmpegPath, clock, log, ways });
  const media = await listen(site.app, host, options.mediaPort, 'media site');
  const mediaUrl = urlOf(host, media.port);

  const instance = (await readAddress(folder))?.instance ?? randomUUID();
  const samples = async (): Promise<SampleLink[]> => sampleLinks(mediaUrl, await site.links());
  const world = await openWorld(folder, ffmpegPath, clock, http);
  const apis = new OutsideApis({ state: world.state, tunnels, mediaUrl, folder, clock, http });
  const dispatcher = new Dispatcher(world, log);
  const webhooks = new WebhookPusher(world.state, world.updates, clock, http, (botId, method, params) =>
    dispatcher.runFromWebhook(botId, method, params),
  );
  for (const { token, username, name } of bots) world.directory.registerBot(token, username, name);

  const onReset = (): void => {
    site.reset();
    apis.reset();
  };
  const app = express();
  app.disable('x-powered-by');
  app.use('/control', controlRouter(world, { instance, samples, apis, onReset, log }));
  app.use(apis.router());
  app.use(botApiRouter(world, dispatcher, log));
  const close = async (): Promise<void> => {
    webhooks.close();
    apis.close();
    await media.close();
    world.state.close();
  };
  try {
    const api = await listen(app, host, options.port, 'Bot API');
    const address = { instance, apiRoot: urlOf(host, api.port), mediaUrl };
    await writeAddress(folder, address);
    webhooks.start();
    await apis.start();
    log(`Sandbox: Bot API on ${address.apiRoot}, sample media on ${mediaUrl}`);
    return {
      address,
      close: async () => {
        await api.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The good video first, then what the platforms have, then all the rest. */
function sampleLinks(mediaUrl: string, [best, ...others]: readonly Link[]): SampleLink[] {
  const here = (link: Link): SampleLink => ({ ...link, url: mediaUrl + link.path });
  const platforms = PLATFORM_LINKS.map((link) => ({ ...link, path: new URL(link.url).pathname }));
  return [...(best ? [here(best)] : []), ...platforms, ...others.map(here)];
}

const urlOf = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
