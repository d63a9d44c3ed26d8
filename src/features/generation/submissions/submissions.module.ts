import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GenerationSubmission } from '../jobs/generation-submission.entity.js';
import { KeysModule } from '../keys/keys.module.js';
import { SubmissionEnds } from './submission-ends.js';
import { SubmissionsRepository } from './submissions.repository.js';

/** Calls of createTask as rows: how they begin, and how each of them ends. */
@Module({
  imports: [TypeOrmModule.forFeature([GenerationSubmission]), KeysModule],
  providers: [SubmissionEnds, SubmissionsRepository],
  exports: [SubmissionEnds, SubmissionsRepository],
})
export class SubmissionsModule {}
