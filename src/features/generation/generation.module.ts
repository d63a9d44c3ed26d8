import { Module } from '@nestjs/common';
import { CreditsModule } from '../credits/index.js';
import { Generation } from './batches/generation.js';
import { FlowModule } from './flow/flow.module.js';
import { GenerationHealthModule } from './health/health.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { ModelsModule } from './models/models.module.js';
import { OperatorModule } from './operator/operator.module.js';
import { PhotosModule } from './photos/photos.module.js';
import { PromptsModule } from './prompts/prompts.module.js';
import { ResultsModule } from './results/results.module.js';

@Module({
  imports: [
    CreditsModule,
    FlowModule,
    GenerationHealthModule,
    JobsModule,
    ModelsModule,
    OperatorModule,
    PhotosModule,
    PromptsModule,
    ResultsModule,
  ],
  providers: [Generation],
  exports: [FlowModule, Generation, PhotosModule],
})
export class GenerationModule {}
