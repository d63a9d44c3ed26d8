import { ApiProperty } from '@nestjs/swagger';
import type { GenerationJob } from '../../jobs/generation-job.entity.js';
import type { GenerationJobEvent } from '../../jobs/generation-job-event.entity.js';
import {
  SUBMISSION_STATES,
  type GenerationSubmission,
  type SubmissionState,
} from '../../jobs/generation-submission.entity.js';
import { JOB_STATUSES, type JobStatus } from '../../jobs/job-status.js';
import { GenerationJobDto } from './job.dto.js';

export class JobEventDto {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: JOB_STATUSES, nullable: true, description: 'null: it has just been made' })
  from!: JobStatus | null;

  @ApiProperty({ enum: JOB_STATUSES, description: 'The same as `from` for something that has happened meanwhile' })
  to!: JobStatus;

  @ApiProperty({ type: String, nullable: true, example: 'TEMPORARY 500: Internal Error' })
  note!: string | null;

  static of({ at, from, to, note }: GenerationJobEvent): JobEventDto {
    return { at: at.toISOString(), from, to, note };
  }
}

/** A call of createTask. */
export class SubmissionDto {
  @ApiProperty({ type: 'integer', description: 'From 1; also those that do not count as attempts of the job' })
  attempt!: number;

  @ApiProperty({ example: 'bytedance/seedance-2' })
  model!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'null: the key is there no more' })
  keyId!: string | null;

  @ApiProperty({ example: 'main', description: 'Of the key, as it was' })
  account!: string;

  @ApiProperty({ enum: SUBMISSION_STATES, description: 'lost: paid for, and another one was first' })
  state!: SubmissionState;

  @ApiProperty({ type: String, nullable: true, example: '281e5b0f39b9' })
  providerTaskId!: string | null;

  @ApiProperty({ format: 'date-time' })
  sentAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'The call was over, answered or not' })
  answeredAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  calledBackAt!: string | null;

  static of(submission: GenerationSubmission): SubmissionDto {
    return {
      attempt: submission.attempt,
      model: submission.model,
      keyId: submission.keyId,
      account: submission.account,
      state: submission.state,
      providerTaskId: submission.providerTaskId,
      sentAt: submission.sentAt.toISOString(),
      answeredAt: submission.answeredAt?.toISOString() ?? null,
      endedAt: submission.endedAt?.toISOString() ?? null,
      calledBackAt: submission.calledBackAt?.toISOString() ?? null,
    };
  }
}

export class GenerationJobDetailsDto extends GenerationJobDto {
  @ApiProperty({ example: 'A ceramic mug, 300 ml' })
  productText!: string;

  @ApiProperty({ type: String, nullable: true, example: 'More light' })
  wishes!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'The mug turns on a table', description: 'Of kind `own`' })
  userPrompt!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'A hand lifts the mug',
    description: 'null until it is written',
  })
  finalPrompt!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  templateId!: string | null;

  @ApiProperty({ type: 'integer', description: 'Raised when it is tried anew; each round has a hold of its own' })
  round!: number;

  @ApiProperty({ type: [JobEventDto], description: 'In the order in which it has happened' })
  timeline!: JobEventDto[];

  @ApiProperty({ type: [SubmissionDto], description: 'In the order in which they were made' })
  submissions!: SubmissionDto[];

  static with(
    job: GenerationJob,
    timeline: readonly GenerationJobEvent[],
    submissions: readonly GenerationSubmission[],
  ): GenerationJobDetailsDto {
    const { productText, wishes, userPrompt, finalPrompt, templateId, round } = job;
    return Object.assign(GenerationJobDto.of(job), {
      productText,
      wishes,
      userPrompt,
      finalPrompt,
      templateId,
      round,
      timeline: timeline.map((event) => JobEventDto.of(event)),
      submissions: submissions.map((submission) => SubmissionDto.of(submission)),
    });
  }
}
