import { Module } from '@nestjs/common';
import { GenerationHealthModule } from '../health/health.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { BatchLog } from './batches/batch-log.js';
import { GenerationBatchesController } from './batches/generation-batches.controller.js';
import { DashboardRepository } from './dashboard/dashboard.repository.js';
import { DashboardService } from './dashboard/dashboard.service.js';
import { GenerationDashboardController } from './dashboard/generation-dashboard.controller.js';
import { GenerationJobsController } from './jobs/generation-jobs.controller.js';
import { JobDesk } from './jobs/job-desk.js';
import { JobLogRepository } from './jobs/job-log.repository.js';
import { RequestedVideos } from './jobs/requested-videos.js';

/** What the operator sees and changes of jobs and batches, over REST. */
@Module({
  imports: [JobsModule, KeysModule, GenerationHealthModule],
  controllers: [GenerationJobsController, GenerationBatchesController, GenerationDashboardController],
  providers: [BatchLog, DashboardRepository, DashboardService, JobDesk, JobLogRepository, RequestedVideos],
})
export class OperatorModule {}
