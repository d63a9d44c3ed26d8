import { ApiProperty } from '@nestjs/swagger';
import type { JobStatus } from '../../jobs/job-status.js';
import { KEY_STATUSES, type GenerationKey, type KeyStatus } from '../../keys/generation-key.entity.js';
import { ERROR_CLASSES, type ErrorClass } from '../../kie/error-class.js';

const MOVING = ['queued', 'prompting', 'submitting', 'generating', 'delivering'] as const satisfies JobStatus[];

export class QueueDepthDto {
  @ApiProperty({ type: 'integer' })
  queued!: number;

  @ApiProperty({ type: 'integer' })
  prompting!: number;

  @ApiProperty({ type: 'integer' })
  submitting!: number;

  @ApiProperty({ type: 'integer', description: 'The provider works on them' })
  generating!: number;

  @ApiProperty({ type: 'integer' })
  delivering!: number;
}

export class PhaseTimeDto {
  @ApiProperty({ enum: MOVING })
  phase!: JobStatus;

  @ApiProperty({ type: 'integer', description: 'How many were measured; a job that is tried again has several' })
  stays!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Seconds' })
  medianSec!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Seconds' })
  p95Sec!: number | null;
}

export class ErrorsOfClassDto {
  @ApiProperty({ enum: ERROR_CLASSES, nullable: true })
  errorClass!: ErrorClass | null;

  @ApiProperty({ type: 'integer' })
  jobs!: number;
}

export class KeyHealthDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'main' })
  name!: string;

  @ApiProperty({ example: 'main', description: 'Keys of one account share its limits and its money' })
  account!: string;

  @ApiProperty({ enum: KEY_STATUSES })
  status!: KeyStatus;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  blockedUntil!: string | null;

  @ApiProperty({ type: 'integer' })
  inFlight!: number;

  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ type: 'integer' })
  failures!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Credits of the provider; null: it has not told yet' })
  balance!: number | null;

  /** A block ends by itself: its status is written anew only when the key is used. */
  static at(now: Date, key: GenerationKey): KeyHealthDto {
    const isOver = key.blockedUntil !== null && key.blockedUntil <= now;
    const isBlocked = key.status === 'rate_limited' || key.status === 'billing_blocked';
    return {
      id: key.id,
      name: key.name,
      account: key.account,
      status: isBlocked && isOver ? 'active' : key.status,
      blockedUntil: isOver ? null : (key.blockedUntil?.toISOString() ?? null),
      inFlight: key.inFlight,
      requests: key.requests,
      failures: key.failures,
      balance: key.balance,
    };
  }
}

export class GenerationHourDto {
  @ApiProperty({ format: 'date-time', description: 'Its beginning' })
  hour!: string;

  @ApiProperty({ example: '20:00', description: 'Its beginning by the operator’s clock' })
  local!: string;

  @ApiProperty({ type: 'integer', description: 'Videos that were asked for in it' })
  ordered!: number;

  @ApiProperty({ type: 'integer', description: 'In it, whenever they were asked for' })
  delivered!: number;

  @ApiProperty({ type: 'integer', description: 'In it, whenever they were asked for' })
  failed!: number;
}

export class GenerationDashboardDto {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ description: 'Jobs that are not over' })
  queue!: QueueDepthDto;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Seconds; null: none waits. Those that wait for others of the same person do not count',
  })
  oldestWaitingSec!: number | null;

  @ApiProperty({ type: [PhaseTimeDto], description: 'Of the last 24 hours' })
  phases!: PhaseTimeDto[];

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'From 0 to 1, of jobs that ended; those that broke the rules of the model are left out',
  })
  successRate1h!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'The same of 24 hours' })
  successRate24h!: number | null;

  @ApiProperty({ type: [ErrorsOfClassDto], description: 'Of jobs that failed in the last 24 hours, the most first' })
  errorsByClass!: ErrorsOfClassDto[];

  @ApiProperty({ type: 'integer', description: 'For what was delivered; refunds are not taken off' })
  creditsSpent24h!: number;

  @ApiProperty({ type: [KeyHealthDto] })
  keys!: KeyHealthDto[];

  @ApiProperty({ type: [GenerationHourDto], description: 'The last 24, the one that goes on included' })
  hours!: GenerationHourDto[];
}
