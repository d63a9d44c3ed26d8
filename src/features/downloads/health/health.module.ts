import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DownloadAttempt } from '../attempts/download-attempt.entity.js';
import { DiskRoom } from '../flow/disk-room.js';
import { DownloadProvider } from '../routing/download-provider.entity.js';
import { RoutingModule } from '../routing/routing.module.js';
import { DiskWatch } from './disk-watch.js';
import { HealthRepository } from './health.repository.js';
import { HealthWatch } from './health-watch.js';
import { ProviderAlertActions } from './provider-alert-actions.js';
import { Retention } from './retention.js';
import { YtDlpWatch } from './yt-dlp-watch.js';

/** How well providers do, from their attempts; what the operator is told of it; and how long all of it is kept. */
@Module({
  imports: [TypeOrmModule.forFeature([DownloadAttempt, DownloadProvider]), RoutingModule],
  providers: [DiskRoom, DiskWatch, HealthRepository, HealthWatch, ProviderAlertActions, Retention, YtDlpWatch],
})
export class DownloadsHealthModule {}
