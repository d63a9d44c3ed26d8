import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import express, { type Router } from 'express';
import type { Clock } from '../../platform/clock/clock.js';
import type { HttpClient } from '../../platform/http/index.js';
import type { SandboxState } from '../state/state.js';
import { adaptersOf, type ApiName, API_NAMES } from './api-names.js';
import type { Behaviours } from './behaviour.js';
import { Cobalt } from './cobalt/cobalt.js';
import type { Tunnels } from './cobalt/tunnels.js';
import { dropboxStandIn } from './dropbox/dropbox.js';
import { Exchange } from './exchange.js';
import { googleStandIn } from './google/google.js';
import { Kie } from './kie/kie.js';
import { Llm } from './llm/llm.js';
import { MediaLinks } from './media-links.js';
import { OutsideCalls } from './outside-calls.js';
import { SocialDownload } from './rapidapi/social.js';
import { SavenowBackend } from './savenow/backend.js';
import { DirectSavenow, RapidApiSavenow } from './savenow/doors.js';
import { SavenowJobs } from './savenow/jobs.js';
import { type QueuedScript, type Script, Scripts } from './scripts.js';
import type { AdjustableQuota, QuotaView, RevocableTokens, StandIn } from './stand-in.js';
import { vkStandIn } from './vk/vk.js';
import { yandexStandIn } from './yandex/yandex.js';
import { zoomStandIn } from './zoom/zoom.js';

/** A picture of 10 MB as base64, and what is around it. */
const MAX_BODY = '20mb';

/** What `GET /control/apis` shows of each. */
export interface ApiView {
  api: ApiName;
  /** Adapters that talk to it. */
  adapters: string[];
  behaviours: Behaviours;
  /** For calls that no other script waits for. */
  standing: Script;
  queue: QueuedScript[];
  quota: QuotaView | null;
}

export interface OutsideApisOptions {
  state: SandboxState;
  tunnels: Tunnels;
  mediaUrl: string;
  /** For what people upload. */
  folder: string;
  clock: Clock;
  http: HttpClient;
}

/** The stand-ins of outside APIs, with what drives them. */
export class OutsideApis {
  readonly calls = new OutsideCalls();
  readonly scripts = new Scripts();
  readonly kie: Kie;
  private readonly standIns: Readonly<Record<ApiName, StandIn>>;

  constructor({ state, tunnels, mediaUrl, folder, clock, http }: OutsideApisOptions) {
    const exchange = new Exchange(this.scripts, this.calls, clock);
    const media = new MediaLinks(mediaUrl);
    const savenow = new SavenowBackend(new SavenowJobs(state.savenowJobs, clock), media);
    this.kie = new Kie(exchange, { state, mediaUrl, folder: join(folder, 'kie'), clock, http });
    this.standIns = {
      savenow: new RapidApiSavenow(exchange, savenow, clock),
      rapidapi: new SocialDownload(exchange, media, clock),
      'video-download-api': new DirectSavenow(exchange, savenow),
      cobalt: new Cobalt(exchange, media, tunnels, clock),
      google: googleStandIn(exchange, state, clock),
      vk: vkStandIn(exchange, state, clock),
      zoom: zoomStandIn(exchange, state, clock),
      yandex: yandexStandIn(exchange, state, clock),
      dropbox: dropboxStandIn(exchange, state, clock),
      kie: this.kie,
      llm: new Llm(exchange),
    };
  }

  /** All doors, each on its path. */
  router(): Router {
    const router = express.Router();
    // Whatever it says it is: what a body must be is for each API to judge. Only files are for it to read itself.
    router.use('/apis', express.text({ type: (request) => !isMultipart(request), limit: MAX_BODY }));
    for (const { routers } of Object.values(this.standIns)) {
      for (const [path, door] of Object.entries(routers)) router.use(path, door);
    }
    return router;
  }

  /** What was owed when the last process ended is done from now on. */
  async start(): Promise<void> {
    await this.kie.start();
  }

  close(): void {
    this.kie.close();
  }

  views(): ApiView[] {
    return API_NAMES.map((api) => this.view(api));
  }

  view(api: ApiName): ApiView {
    const { behaviours, quota } = this.standIns[api];
    const [standing, queue] = [this.scripts.always(api), this.scripts.queue(api)];
    return { api, adapters: adaptersOf(api), behaviours, standing, queue, quota: quota?.view ?? null };
  }

  quota(api: ApiName): AdjustableQuota | null {
    return this.standIns[api].quota;
  }

  tokens(api: ApiName): RevocableTokens | null {
    return this.standIns[api].tokens;
  }

  /** As new: no scripts, full quotas, no jobs, no tokens, nothing written down. */
  reset(): void {
    for (const api of API_NAMES) {
      this.scripts.clear(api);
      this.standIns[api].reset();
    }
    this.calls.clear();
  }
}

const isMultipart = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.startsWith('multipart/form-data') ?? false;
