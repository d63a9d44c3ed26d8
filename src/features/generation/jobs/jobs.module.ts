import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { QueueModule } from '../../../platform/queue/queue.module.js';
import { CreditsModule } from '../../credits/index.js';
import { BatchesRepository } from '../batches/batches.repository.js';
import { FailureLog } from '../health/failure-log.js';
import { GenerationBatch } from '../batches/generation-batch.entity.js';
import { deliverJob, lookJob, promptJob, startJobs, submitJob } from '../generation.jobs.js';
import { KeysModule } from '../keys/keys.module.js';
import { ModelsModule } from '../models/models.module.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { GenerationJob } from './generation-job.entity.js';
import { GenerationJobEvent } from './generation-job-event.entity.js';
import { GenerationSubmission } from './generation-submission.entity.js';
import { JobActions } from './job-actions.js';
import { JobEnds } from './job-ends.js';
import { JobsRepository } from './jobs.repository.js';
import { StepQueue } from './step-queue.js';
import { StepWorker } from './step-worker.js';
import { TurnsRepository } from './turns.repository.js';

/** Jobs as rows: how they move, how they end, and who is asked to take their next step. */
@Module({
  imports: [
    TypeOrmModule.forFeature([GenerationBatch, GenerationJob, GenerationJobEvent, GenerationSubmission]),
    QueueModule.forFeature(startJobs, promptJob, submitJob, lookJob, deliverJob),
    CreditsModule,
    KeysModule,
    ModelsModule,
    SubmissionsModule,
  ],
  providers: [
    BatchesRepository,
    FailureLog,
    JobActions,
    JobEnds,
    JobsRepository,
    StepQueue,
    StepWorker,
    TurnsRepository,
  ],
  exports: [BatchesRepository, JobActions, JobEnds, JobsRepository, StepQueue, StepWorker, TurnsRepository],
})
export class JobsModule {}
