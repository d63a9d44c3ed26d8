import { dirname, join } from 'node:path';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { processConfig, type ProcessConfig } from '../../platform/config/process.config.js';
import { installedTools } from '../../platform/programs/installed-tools.js';
import { ProgramRunner } from '../../platform/programs/program-runner.js';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { AttemptsRepository } from './attempts/attempts.repository.js';
import { DownloadAttempt } from './attempts/download-attempt.entity.js';
import { DownloadDelivery } from './delivery/download-delivery.js';
import { SentMedia } from './delivery/sent-media.entity.js';
import { SentMediaRepository } from './delivery/sent-media.repository.js';
import { downloadsConfig, type DownloadsConfig } from './downloads.config.js';
import { runDownload } from './downloads.jobs.js';
import { DownloadsProcessor } from './downloads.processor.js';
import { DownloadsService } from './downloads.service.js';
import { AttemptRunner } from './flow/attempt-runner.js';
import { DownloadFlow } from './flow/download-flow.js';
import { DownloadWorker } from './flow/download-worker.js';
import { LongWaits } from './flow/long-waits.js';
import { MediumFinder } from './flow/medium-finder.js';
import { Preparation } from './flow/preparation.js';
import { ShortLinks } from './flow/short-links.js';
import { WorkFolders } from './flow/work-folders.js';
import { DirectProvider } from './providers/direct/direct.provider.js';
import { PROVIDERS, ProviderRegistry } from './providers/provider-registry.js';
import { YtDlpHealth } from './providers/yt-dlp/yt-dlp.health.js';
import { YtDlpProvider } from './providers/yt-dlp/yt-dlp.provider.js';
import { DownloadRequest } from './requests/download-request.entity.js';
import { ClaimsRepository } from './requests/claims.repository.js';
import { FlightsRepository } from './requests/flights.repository.js';
import { RequestsRepository } from './requests/requests.repository.js';
import { DownloadProvider } from './routing/download-provider.entity.js';
import { Router } from './routing/router.js';
import { RoutingRepository } from './routing/routing.repository.js';
import { RoutingRule } from './routing/routing-rule.entity.js';

/** The adapters: one line each. */
const providers = {
  provide: PROVIDERS,
  inject: [downloadsConfig.key, processConfig.key, ProgramRunner, Clock],
  useFactory: ({ ytDlpPath }: DownloadsConfig, { dataDir }: ProcessConfig, programs: ProgramRunner, clock: Clock) => {
    const tools = installedTools(dataDir);
    return [
      new YtDlpProvider(
        {
          file: ytDlpPath ?? tools.ytdlp ?? 'yt-dlp',
          denoPath: tools.deno ?? null,
          cacheDir: join(dataDir, 'cache', 'yt-dlp'),
          ffmpegDir: tools.ffmpeg === undefined ? null : dirname(tools.ffmpeg),
        },
        programs,
        clock,
      ),
      new DirectProvider(clock),
    ];
  },
};

@Module({
  imports: [
    TypeOrmModule.forFeature([DownloadRequest, DownloadAttempt, DownloadProvider, RoutingRule, SentMedia]),
    QueueModule.forFeature(runDownload),
  ],
  providers: [
    providers,
    ProviderRegistry,
    AttemptRunner,
    AttemptsRepository,
    DownloadDelivery,
    DownloadFlow,
    DownloadWorker,
    DownloadsProcessor,
    DownloadsService,
    MediumFinder,
    Preparation,
    RequestsRepository,
    FlightsRepository,
    ClaimsRepository,
    LongWaits,
    Router,
    RoutingRepository,
    SentMediaRepository,
    ShortLinks,
    WorkFolders,
    YtDlpHealth,
  ],
  exports: [DownloadDelivery, DownloadsService],
})
export class DownloadsModule {}
