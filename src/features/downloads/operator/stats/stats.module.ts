import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import { DownloadRequest } from '../../requests/download-request.entity.js';
import { RequestedDownloads } from '../../requests/requested-downloads.js';
import { ActivityRepository } from './activity.repository.js';
import { CostsRepository } from './costs.repository.js';
import { PerformanceRepository } from './performance.repository.js';
import { StatsController } from './stats.controller.js';
import { StatsService } from './stats.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([DownloadAttempt, DownloadRequest])],
  controllers: [StatsController],
  providers: [ActivityRepository, CostsRepository, PerformanceRepository, RequestedDownloads, StatsService],
})
export class StatsModule {}
