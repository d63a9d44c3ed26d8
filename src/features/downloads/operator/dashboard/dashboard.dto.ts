import { ApiProperty } from '@nestjs/swagger';
import type { ErrorClass } from '../../errors/error-codes.js';
import { PLATFORMS, type Platform } from '../../links/media-link.js';
import {
  HEALTH_STATUSES,
  PROVIDER_TYPES,
  type HealthStatus,
  type ProviderType,
} from '../../routing/download-provider.entity.js';
import type { Circuit } from '../../routing/gate/circuits.js';
import type { DurationBucket } from '../../routing/duration-bucket.js';
import type { Family } from '../../routing/gate/gate-question.js';

class BudgetUseDto {
  @ApiProperty({ example: '1.25', description: 'Dollars of the operator’s day' })
  spentUsd!: string;

  @ApiProperty({ type: String, nullable: true, example: '10.00', description: 'null: there is no limit' })
  budgetUsd!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'From 0, over 1 when more was spent than it should' })
  usedShare!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of what a subscription includes' })
  quotaUsed!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Units of a month' })
  quotaLimit!: number | null;
}

export class ProviderTileDto {
  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: PROVIDER_TYPES })
  providerType!: ProviderType;

  @ApiProperty()
  isActive!: boolean;

  @ApiProperty({ enum: HEALTH_STATUSES })
  healthStatus!: HealthStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Why it cannot work here; null: it can' })
  notReady!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  avgSpeedBytesPerSec!: number | null;

  @ApiProperty({ type: 'integer' })
  errorCount1h!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'From 0 to 1; null: nothing was tried' })
  successRate24h!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastSuccessAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastErrorAt!: string | null;

  @ApiProperty({
    type: [String],
    example: ['p:yt-dlp:youtube:long'],
    description: 'Keys of the active cooldowns that hold it back, those of its ways out too',
  })
  cooldowns!: string[];

  @ApiProperty({ type: 'integer', nullable: true, description: 'Seconds until the last of them is over' })
  cooldownLeftSec!: number | null;

  @ApiProperty({ type: BudgetUseDto, nullable: true, description: 'null: it costs nothing' })
  budget!: BudgetUseDto | null;
}

export class HourDto {
  @ApiProperty({ format: 'date-time', description: 'Its beginning' })
  hour!: string;

  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ type: 'integer' })
  delivered!: number;

  @ApiProperty({ type: 'integer' })
  failed!: number;
}

export class TotalsDto {
  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ type: 'integer' })
  delivered!: number;

  @ApiProperty({ type: 'integer' })
  failed!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'From 0 to 1, of requests that are over; those that failed by what was asked for are left out',
  })
  successRate!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Of attempts that succeeded' })
  avgSpeedBytesPerSec!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'From the question to the video, where it was downloaded' })
  avgTimeMs!: number | null;
}

export class ErrorsOnPlatformDto {
  @ApiProperty({ enum: PLATFORMS })
  platform!: Platform;

  @ApiProperty({ type: 'integer', description: 'Without those that failed by what was asked for, or by Nexus itself' })
  attempts!: number;

  @ApiProperty({ type: 'integer' })
  errors!: number;
}

export class CooldownDto {
  @ApiProperty({ example: 'p:yt-dlp:youtube:long' })
  key!: string;

  @ApiProperty({ type: String, nullable: true })
  provider!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The way out, where it is not a provider' })
  egress!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Shorts count as youtube; null: all of them' })
  platform!: Family | null;

  @ApiProperty({ type: String, nullable: true, description: 'null: all of them' })
  durationBucket!: DurationBucket | null;

  @ApiProperty({
    enum: ['open', 'half_open'],
    description: 'half_open: one request at a time is let through as a probe',
  })
  state!: Circuit['state'];

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null: until a test has passed' })
  until!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Seconds; 0 when it is over, and a probe is awaited' })
  leftSec!: number | null;

  @ApiProperty({ type: 'integer', description: 'How often in a row it has opened' })
  level!: number;

  @ApiProperty({ example: 'HTTP_429' })
  reason!: string;
}

export class RecentErrorDto {
  @ApiProperty({ format: 'uuid' })
  requestId!: string;

  @ApiProperty({ description: 'What the person was shown' })
  errorRef!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: PLATFORMS })
  platform!: Platform;

  @ApiProperty({ type: String, nullable: true, description: 'That was tried last; null: none was' })
  provider!: string | null;

  @ApiProperty({ type: String, nullable: true })
  errorClass!: ErrorClass | null;

  @ApiProperty({ type: String, nullable: true })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of the last attempt' })
  message!: string | null;
}

export class DashboardDto {
  @ApiProperty({ format: 'date-time', description: 'The moment that times left are counted from' })
  at!: string;

  @ApiProperty({ type: [ProviderTileDto] })
  providers!: ProviderTileDto[];

  @ApiProperty({ type: [HourDto], description: 'The last 24, the one that goes on included' })
  downloadsPerHour!: HourDto[];

  @ApiProperty({ description: 'Of these hours' })
  totals!: TotalsDto;

  @ApiProperty({ type: [ErrorsOnPlatformDto], description: 'Of these hours' })
  errorsByPlatform!: ErrorsOnPlatformDto[];

  @ApiProperty({ type: [CooldownDto] })
  cooldowns!: CooldownDto[];

  @ApiProperty({ type: [RecentErrorDto], description: 'The last ten of these hours, the newest first' })
  recentErrors!: RecentErrorDto[];
}
