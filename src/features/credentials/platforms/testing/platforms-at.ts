import { SystemClock } from '../../../../platform/clock/clock.js';
import { Settings } from '../../../../platform/config/settings.js';
import { type HttpRequest, type HttpResponse, UndiciHttpClient } from '../../../../platform/http/index.js';
import type { StandIns } from '../../../../platform/stand-ins/stand-ins.js';
import { dropboxPlatform } from '../dropbox/dropbox.platform.js';
import { googleDoor } from '../google/google-door.js';
import { googleDrivePlatform } from '../google/google-drive.platform.js';
import { youtubePlatform } from '../google/youtube.platform.js';
import { OAUTH_PLATFORMS, type OAuthPlatformName } from '../credential-platform.js';
import type { OAuthClient, Platform } from '../platform.js';
import { platformsConfig } from '../platforms.config.js';
import { vkVideoPlatform } from '../vk/vk-video.platform.js';
import { yandexDiskPlatform } from '../yandex/yandex-disk.platform.js';
import { zoomPlatform } from '../zoom/zoom.platform.js';

const PARTS = ['google', 'vk', 'zoom', 'yandex', 'dropbox'];

/** Stand-ins for all platforms below one address. */
export const standInsAt = (url: string): StandIns => Object.fromEntries(PARTS.map((part) => [part, `${url}/${part}`]));

/** As patient as a test can be. */
class HastyHttpClient extends UndiciHttpClient {
  constructor() {
    super(new SystemClock());
  }

  override send(request: HttpRequest): Promise<HttpResponse> {
    return super.send({ ...request, timeoutMs: 200, once: true });
  }
}

export interface PlatformsAt {
  of(name: OAuthPlatformName): Platform & { oauth: OAuthClient };
  close(): Promise<void>;
}

/** The platforms as an environment configures them. */
export function platformsAt(env: Record<string, string>, standIns: StandIns): PlatformsAt {
  const config = Settings.read([platformsConfig], env).get(platformsConfig);
  const http = new HastyHttpClient();
  const google = googleDoor(config, standIns);
  const all = [
    youtubePlatform(http, google),
    googleDrivePlatform(http, google),
    vkVideoPlatform(http, config, standIns),
    zoomPlatform(http, config, standIns),
    yandexDiskPlatform(http, config, standIns),
    dropboxPlatform(http, config, standIns),
  ];
  return {
    of: (name) => {
      const platform = all.find((each) => each.name === OAUTH_PLATFORMS[name]);
      if (!platform?.oauth) throw new Error(`${name} has no consent page`);
      return { ...platform, oauth: platform.oauth };
    },
    close: () => http.close(),
  };
}
