import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UserActivity } from '../../../audience/index.js';
import { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import { DownloadRequest } from '../../requests/download-request.entity.js';
import { ActivityRepository } from './activity.repository.js';
import { CostsRepository } from './costs.repository.js';
import { DownloadActivity } from './download-activity.js';
import { PerformanceRepository } from './performance.repository.js';
import { StatsController } from './stats.controller.js';
import { StatsService } from './stats.service.js';

/** Global for the sake of the port: `audience` shows what people have asked for without knowing downloads. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([DownloadAttempt, DownloadRequest])],
  controllers: [StatsController],
  providers: [
    ActivityRepository,
    CostsRepository,
    PerformanceRepository,
    StatsService,
    { provide: UserActivity, useClass: DownloadActivity },
  ],
  exports: [UserActivity],
})
export class StatsModule {}
