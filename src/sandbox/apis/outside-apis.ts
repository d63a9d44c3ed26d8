import express, { type Router } from 'express';
import type { Clock } from '../../platform/clock/clock.js';
import type { SandboxState } from '../state/state.js';
import { adaptersOf, type ApiName, API_NAMES } from './api-names.js';
import type { Behaviours } from './behaviour.js';
import { Cobalt } from './cobalt/cobalt.js';
import type { Tunnels } from './cobalt/tunnels.js';
import { dropboxStandIn } from './dropbox/dropbox.js';
import { Exchange } from './exchange.js';
import { googleStandIn } from './google/google.js';
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

const MAX_BODY = '1mb';

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

/** The stand-ins of outside APIs, with what drives them. */
export class OutsideApis {
  readonly calls = new OutsideCalls();
  readonly scripts = new Scripts();
  private readonly standIns: Readonly<Record<ApiName, StandIn>>;

  constructor(state: SandboxState, tunnels: Tunnels, mediaUrl: string, clock: Clock) {
    const exchange = new Exchange(this.scripts, this.calls, clock);
    const media = new MediaLinks(mediaUrl);
    const savenow = new SavenowBackend(new SavenowJobs(state.savenowJobs, clock), media);
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
    };
  }

  /** All doors, each on its path. */
  router(): Router {
    const router = express.Router();
    // Whatever it says it is: what a body must be is for each API to judge.
    router.use('/apis', express.text({ type: () => true, limit: MAX_BODY }));
    for (const { routers } of Object.values(this.standIns)) {
      for (const [path, door] of Object.entries(routers)) router.use(path, door);
    }
    return router;
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
