import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { QueueModule } from '../../platform/queue/queue.module.js';
import { AttemptsRepository } from './attempts/attempts.repository.js';
import { DownloadAttempt } from './attempts/download-attempt.entity.js';
import { DownloadDelivery } from './delivery/download-delivery.js';
import { SentMedia } from './delivery/sent-media.entity.js';
import { SentMediaRepository } from './delivery/sent-media.repository.js';
import { runDownload, runInBackground } from './downloads.jobs.js';
import { DownloadChoices } from './download-choices.js';
import { DownloadsProcessor } from './downloads.processor.js';
import { DownloadsService } from './downloads.service.js';
import { AttemptRunner } from './flow/attempt-runner.js';
import { AttemptTries } from './flow/attempt-tries.js';
import { DiskRoom } from './flow/disk-room.js';
import { DownloadFlow } from './flow/download-flow.js';
import { DownloadWorker } from './flow/download-worker.js';
import { LongWaits } from './flow/long-waits.js';
import { MediaFactsCache } from './flow/media-facts-cache.js';
import { MediaProber } from './flow/media-prober.js';
import { MediumFinder } from './flow/medium-finder.js';
import { NewRequests } from './flow/new-requests.js';
import { Preparation } from './flow/preparation.js';
import { ProviderChain } from './flow/provider-chain.js';
import { Rests } from './flow/rests.js';
import { ShortLinks } from './flow/short-links.js';
import { WorkFolders } from './flow/work-folders.js';
import { DownloadsHealthModule } from './health/health.module.js';
import { DashboardModule } from './operator/dashboard/dashboard.module.js';
import { OperatorModule } from './operator/operator.module.js';
import { StatsModule } from './operator/stats/stats.module.js';
import { DownloadRequest } from './requests/download-request.entity.js';
import { ClaimsRepository } from './requests/claims.repository.js';
import { FlightsRepository } from './requests/flights.repository.js';
import { RequestsRepository } from './requests/requests.repository.js';
import { RunQueue } from './requests/run-queue.js';
import { RoutingModule } from './routing/routing.module.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([DownloadRequest, DownloadAttempt, SentMedia]),
    QueueModule.forFeature(runDownload, runInBackground),
    RoutingModule,
    DownloadsHealthModule,
    OperatorModule,
    StatsModule,
    DashboardModule,
  ],
  providers: [
    AttemptRunner,
    AttemptTries,
    AttemptsRepository,
    ClaimsRepository,
    DiskRoom,
    DownloadChoices,
    DownloadDelivery,
    DownloadFlow,
    DownloadWorker,
    DownloadsProcessor,
    DownloadsService,
    FlightsRepository,
    LongWaits,
    MediaFactsCache,
    MediaProber,
    MediumFinder,
    NewRequests,
    Preparation,
    ProviderChain,
    RequestsRepository,
    Rests,
    RunQueue,
    SentMediaRepository,
    ShortLinks,
    WorkFolders,
  ],
  exports: [DownloadChoices, DownloadDelivery, DownloadsService],
})
export class DownloadsModule {}
