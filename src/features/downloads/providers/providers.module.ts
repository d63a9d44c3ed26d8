import { dirname, join } from 'node:path';
import { Module } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { HttpClient } from '../../../platform/http/index.js';
import { HttpModule } from '../../../platform/http/http.module.js';
import { installedTools } from '../../../platform/programs/installed-tools.js';
import { ProgramRunner } from '../../../platform/programs/program-runner.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { CobaltProvider } from './cobalt/cobalt.provider.js';
import { DirectProvider } from './direct/direct.provider.js';
import { PROVIDERS, ProviderRegistry } from './provider-registry.js';
import { ProviderSetups } from './provider-setups.js';
import { PytubefixHealth } from './pytubefix/pytubefix.health.js';
import { PytubefixProvider } from './pytubefix/pytubefix.provider.js';
import { RapidapiProvider } from './rapidapi/rapidapi.provider.js';
import { SavenowProvider } from './savenow/savenow.provider.js';
import { WorkFolderHealth } from './work-folder.health.js';
import { ReleaseIndex } from './yt-dlp/release-index.js';
import { YtDlpAge } from './yt-dlp/yt-dlp-age.js';
import { YtDlpHealth } from './yt-dlp/yt-dlp.health.js';
import { YtDlpProvider } from './yt-dlp/yt-dlp.provider.js';

/** The adapters: one line each. */
const providers = {
  provide: PROVIDERS,
  inject: [downloadsConfig.key, processConfig.key, ProgramRunner, HttpClient, Clock],
  useFactory: (
    config: DownloadsConfig,
    { dataDir }: ProcessConfig,
    programs: ProgramRunner,
    http: HttpClient,
    clock: Clock,
  ) => {
    const tools = installedTools(dataDir);
    const cacheOf = (name: string) => join(dataDir, 'cache', name);
    const ytDlp = {
      file: config.ytDlpPath ?? tools.ytdlp ?? 'yt-dlp',
      denoPath: tools.deno ?? null,
      cacheDir: cacheOf('yt-dlp'),
      ffmpegDir: tools.ffmpeg === undefined ? null : dirname(tools.ffmpeg),
    };
    const pytubefix = {
      python: config.pytubefixPython ?? tools.pytubefixPython ?? 'python3',
      ffmpeg: tools.ffmpeg ?? null,
      cacheDir: cacheOf('pytubefix'),
    };
    return [
      new YtDlpProvider(ytDlp, programs, clock),
      new PytubefixProvider(pytubefix, programs, clock),
      new DirectProvider(clock),
      new SavenowProvider(http, clock),
      new SavenowProvider(http, clock, 'video-download-api'),
      new SavenowProvider(http, clock, 'youtube-download-api'),
      new RapidapiProvider(http, clock),
      new CobaltProvider(http, clock),
    ];
  },
};

@Module({
  imports: [HttpModule],
  providers: [
    providers,
    ProviderRegistry,
    ProviderSetups,
    PytubefixHealth,
    ReleaseIndex,
    WorkFolderHealth,
    YtDlpAge,
    YtDlpHealth,
  ],
  exports: [ProviderRegistry, ProviderSetups, YtDlpAge],
})
export class ProvidersModule {}
