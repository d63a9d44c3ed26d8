import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventStreamsModule } from '../../../../platform/http-server/event-stream.module.js';
import { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import { DownloadRequest } from '../../requests/download-request.entity.js';
import { RoutingModule } from '../../routing/routing.module.js';
import { DashboardController } from './dashboard.controller.js';
import { DashboardFeed } from './dashboard-feed.js';
import { DashboardRepository } from './dashboard.repository.js';
import { DashboardService } from './dashboard.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([DownloadAttempt, DownloadRequest]), EventStreamsModule, RoutingModule],
  controllers: [DashboardController],
  providers: [DashboardFeed, DashboardRepository, DashboardService],
})
export class DashboardModule {}
