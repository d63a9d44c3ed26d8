import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID, Length, NotContains } from 'class-validator';
import { OneOfFilter, TimeFilter } from '../../../../platform/http-server/filters.js';
import { PageQuery } from '../../../../platform/http-server/paging.js';
import { GENERATION_KINDS, type GenerationKind } from '../../batches/generation-batch.entity.js';
import type { GenerationJob } from '../../jobs/generation-job.entity.js';
import { JOB_STATUSES, type JobStatus } from '../../jobs/job-status.js';
import { ERROR_CLASSES, type ErrorClass } from '../../kie/error-class.js';
import { TgUserFilter } from '../tg-user-filter.js';

export class GenerationJobsQuery extends PageQuery {
  @OneOfFilter(JOB_STATUSES)
  status?: JobStatus;

  @TgUserFilter()
  tgUserId?: number;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  batchId?: string;

  @OneOfFilter(ERROR_CLASSES)
  errorClass?: ErrorClass;

  @TimeFilter('Confirmed at this time or later')
  from?: Date;

  @TimeFilter('Confirmed before this time')
  to?: Date;
}

/** Why the operator does it. */
export class JobNoteDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 500, example: 'The video is of another product' })
  @IsOptional()
  @Length(1, 500)
  // PostgreSQL has no text with it.
  @NotContains('\0', { message: 'must not have zero bytes' })
  note?: string;
}

export class GenerationJobDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  batchId!: string;

  @ApiProperty({ type: 'integer', example: 7_000_000_001 })
  tgUserId!: number;

  @ApiProperty({ example: 'generation' })
  bot!: string;

  @ApiProperty({ enum: GENERATION_KINDS })
  kind!: GenerationKind;

  @ApiProperty({ example: 'bytedance/seedance-2', description: 'That works on it, or will' })
  model!: string;

  @ApiProperty({ enum: JOB_STATUSES })
  status!: JobStatus;

  @ApiProperty({ type: 'integer', description: 'Calls of createTask that count' })
  attempts!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'While it waits: not before this' })
  nextAttemptAt!: string | null;

  @ApiProperty({ type: 'integer' })
  costCredits!: number;

  @ApiProperty({ type: String, nullable: true, example: '281e5b0f39b9', description: 'What the provider calls it' })
  providerTaskId!: string | null;

  @ApiProperty({ enum: ERROR_CLASSES, nullable: true })
  errorClass!: ErrorClass | null;

  @ApiProperty({ type: String, nullable: true, example: '500' })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Internal Error, Please try again later' })
  errorMessage!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  static of(job: GenerationJob): GenerationJobDto {
    return {
      id: job.id,
      batchId: job.batchId,
      tgUserId: job.tgUserId,
      bot: job.bot,
      kind: job.kind,
      model: job.model,
      status: job.status,
      attempts: job.attempts,
      nextAttemptAt: job.nextAttemptAt?.toISOString() ?? null,
      costCredits: job.costCredits,
      providerTaskId: job.providerTaskId,
      errorClass: job.errorClass,
      errorCode: job.errorCode,
      errorMessage: job.errorMessage,
      createdAt: job.createdAt.toISOString(),
      updatedAt: job.updatedAt.toISOString(),
    };
  }
}
