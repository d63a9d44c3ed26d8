import { Module } from '@nestjs/common';
import { CallbackAddresses } from '../callback/callback-addresses.js';
import { KieCallbackController } from '../callback/kie-callback.controller.js';
import { KieCallbacks } from '../callback/kie-callbacks.js';
import { GenerationProcessor } from '../generation.processor.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { KieModule } from '../kie/kie.module.js';
import { ModelsModule } from '../models/models.module.js';
import { PhotosModule } from '../photos/photos.module.js';
import { PromptsModule } from '../prompts/prompts.module.js';
import { ResultsModule } from '../results/results.module.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { Admissions } from './admissions.js';
import { CreateAnswers } from './create-answers.js';
import { Delivering } from './delivering.js';
import { EarlierCalls } from './earlier-calls.js';
import { LookTimes } from './look-times.js';
import { Looking } from './looking.js';
import { PhotoHandover } from './photo-handover.js';
import { Prompting } from './prompting.js';
import { Reconciler } from './reconciler.js';
import { Setbacks } from './setbacks.js';
import { Starter } from './starter.js';
import { StrandedRepository } from './stranded.repository.js';
import { Submitting } from './submitting.js';
import { TaskCreation } from './task-creation.js';
import { TaskLook } from './task-look.js';
import { VideoDelivery } from './video-delivery.js';
import { Waits } from './waits.js';

/** The way of a job from the queue to its video, step by step. */
@Module({
  imports: [
    JobsModule,
    KeysModule,
    KieModule,
    ModelsModule,
    PhotosModule,
    PromptsModule,
    ResultsModule,
    SubmissionsModule,
  ],
  controllers: [KieCallbackController],
  providers: [
    Admissions,
    CallbackAddresses,
    CreateAnswers,
    Delivering,
    EarlierCalls,
    GenerationProcessor,
    KieCallbacks,
    LookTimes,
    Looking,
    PhotoHandover,
    Prompting,
    Reconciler,
    Setbacks,
    Starter,
    StrandedRepository,
    Submitting,
    TaskCreation,
    TaskLook,
    VideoDelivery,
    Waits,
  ],
  exports: [VideoDelivery],
})
export class FlowModule {}
