import { Module } from '@nestjs/common';
import { HttpModule } from '../../../platform/http/http.module.js';
import { HttpClient } from '../../../platform/http/index.js';
import { STAND_INS, type StandIns } from '../../../platform/stand-ins/stand-ins.js';
import { telegramConfig, type TelegramConfig } from '../../../telegram/index.js';
import { dropboxPlatform } from './dropbox/dropbox.platform.js';
import { googleDoor } from './google/google-door.js';
import { googleDrivePlatform } from './google/google-drive.platform.js';
import { youtubePlatform } from './google/youtube.platform.js';
import { PLATFORMS, Platforms } from './platforms.js';
import { platformsConfig, type PlatformsConfig } from './platforms.config.js';
import { RutubePlatform } from './rutube/rutube.platform.js';
import { TelegramPlatform } from './telegram/telegram.platform.js';
import { vkVideoPlatform } from './vk/vk-video.platform.js';
import { yandexDiskPlatform } from './yandex/yandex-disk.platform.js';
import { zoomPlatform } from './zoom/zoom.platform.js';

/** The platforms: one line each. */
const platforms = {
  provide: PLATFORMS,
  inject: [platformsConfig.key, telegramConfig.key, STAND_INS, HttpClient],
  useFactory: (config: PlatformsConfig, telegram: TelegramConfig, standIns: StandIns, http: HttpClient) => {
    const google = googleDoor(config, standIns);
    return [
      youtubePlatform(http, google),
      googleDrivePlatform(http, google),
      vkVideoPlatform(http, config, standIns),
      zoomPlatform(http, config, standIns),
      yandexDiskPlatform(http, config, standIns),
      dropboxPlatform(http, config, standIns),
      new TelegramPlatform(http, telegram, standIns),
      new RutubePlatform(),
    ];
  },
};

@Module({ imports: [HttpModule], providers: [platforms, Platforms], exports: [Platforms] })
export class PlatformsModule {}
