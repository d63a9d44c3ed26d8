import { ApiProperty } from '@nestjs/swagger';
import { PLATFORMS, type Platform } from '../../links/media-link.js';
import type { DurationBucket } from '../../routing/duration-bucket.js';

const BUCKETS = ['shorts', 'medium', 'long', 'unknown'] as const;

/**
 * How attempts went that say something about their provider: those that failed by their content or by Nexus itself, and
 * those that were cancelled, are left out. Averages and percentiles are of what succeeded; null when nothing did.
 */
export class FiguresDto {
  @ApiProperty({ type: 'integer' })
  attempts!: number;

  @ApiProperty({ type: 'integer' })
  successes!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'From 0 to 1; null: nothing was tried' })
  successRate!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  avgSpeedBytesPerSec!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  avgSizeBytes!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'From the start of an attempt to its end' })
  avgTimeMs!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Half of them were faster' })
  p50TimeMs!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Of twenty, nineteen were faster' })
  p95TimeMs!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Until the first byte of the medium' })
  avgTtfbMs!: number | null;

  @ApiProperty({ type: String, example: '1.204', description: 'Dollars, whatever became of the attempts' })
  costUsd!: string;

  @ApiProperty({ type: String, nullable: true, example: '0.004', description: 'null: nothing succeeded' })
  costPerSuccessUsd!: string | null;
}

/** What falling back costs the one who waits, over requests that more than one provider was tried for. */
export class FallbackDto {
  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      'From the start of the first attempt to the start of the one that succeeded, where it was not the first',
  })
  avgFallbackMs!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'From the end of a failed attempt to the start of the next',
  })
  avgHandoverMs!: number | null;
}

export class TotalPerformanceDto extends FiguresDto {
  @ApiProperty()
  fallback!: FallbackDto;
}

export class PlatformPerformanceDto extends TotalPerformanceDto {
  @ApiProperty({ enum: PLATFORMS })
  platform!: Platform;
}

export class ProviderPerformanceDto extends FiguresDto {
  @ApiProperty()
  provider!: string;
}

export class BucketPerformanceDto extends FiguresDto {
  @ApiProperty({ enum: BUCKETS })
  durationBucket!: DurationBucket | 'unknown';
}

export class ProviderOnPlatformDto extends ProviderPerformanceDto {
  @ApiProperty({ enum: PLATFORMS })
  platform!: Platform;
}

export class DetailedPerformanceDto extends ProviderOnPlatformDto {
  @ApiProperty({ enum: BUCKETS })
  durationBucket!: DurationBucket | 'unknown';
}

/** How long a provider, or a way out, was not let through. */
export class OpenCircuitsDto {
  @ApiProperty({ type: String, nullable: true })
  provider!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The way out, where it is not a provider' })
  egress!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'youtube',
    description: 'Shorts count as youtube; null: all platforms at once',
  })
  platform!: string | null;

  @ApiProperty({ description: 'At least one of its circuits was open' })
  openMinutes!: number;
}

export class PerformanceDto {
  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ format: 'date-time' })
  to!: string;

  @ApiProperty()
  total!: TotalPerformanceDto;

  @ApiProperty({ type: [PlatformPerformanceDto] })
  byPlatform!: PlatformPerformanceDto[];

  @ApiProperty({ type: [ProviderPerformanceDto] })
  byProvider!: ProviderPerformanceDto[];

  @ApiProperty({ type: [BucketPerformanceDto] })
  byBucket!: BucketPerformanceDto[];

  @ApiProperty({ type: [ProviderOnPlatformDto] })
  byProviderAndPlatform!: ProviderOnPlatformDto[];

  @ApiProperty({ type: [DetailedPerformanceDto] })
  detailed!: DetailedPerformanceDto[];

  @ApiProperty({ type: [OpenCircuitsDto] })
  openCircuits!: OpenCircuitsDto[];
}
