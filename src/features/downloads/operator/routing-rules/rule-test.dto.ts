import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsNumber, IsOptional, Length, Max, Min } from 'class-validator';
import { PLATFORMS, type Platform } from '../../links/media-link.js';
import type { DurationBucket } from '../../routing/duration-bucket.js';
import type { Verdict, VerdictReason } from '../../routing/route.js';
import type { ExplainedLink } from './rule-test.js';

const BUCKETS: readonly DurationBucket[] = ['shorts', 'medium', 'long'];
const OUTCOMES = ['route', 'soft_fail', 'no_rule'] as const;
const REASONS: readonly VerdictReason[] = [
  'ok',
  'inactive',
  'config',
  'circuit_open',
  'probe_running',
  'over_budget',
  'rate_limited',
  'no_slot',
  'unsupported',
  'not_found',
];

export class RuleTestDto {
  @ApiProperty({ example: 'https://youtu.be/jNQXAC9IVRw' })
  @Length(1, 2_048)
  url!: string;

  @ApiPropertyOptional({ minimum: 0, description: 'As nobody is asked for it; unknown unless told' })
  @IsOptional()
  @IsNumber()
  @Min(0)
  durationSec?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description: 'Changes nothing: the limit of a rule is no part of its match',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  fileSizeBytes?: number;
}

export class VerdictDto {
  @ApiProperty()
  provider!: string;

  @ApiProperty({ type: 'integer', description: 'From 1' })
  position!: number;

  @ApiProperty({ enum: ['take', 'skip'] })
  verdict!: 'take' | 'skip';

  @ApiProperty({ enum: REASONS })
  reason!: VerdictReason;

  @ApiPropertyOptional({ format: 'date-time', description: 'When it is worth asking again, where that is known' })
  until?: string;

  @ApiPropertyOptional()
  detail?: string;

  static of({ until, ...verdict }: Verdict): VerdictDto {
    return { ...verdict, until: until?.toISOString() };
  }
}

export class ExplainedRouteDto {
  @ApiProperty({ enum: PLATFORMS })
  platform!: Platform;

  @ApiProperty({ type: String, nullable: true, description: 'null: a short link, which only the network can resolve' })
  mediaKey!: string | null;

  @ApiProperty()
  canonicalUrl!: string;

  @ApiProperty({ type: Number, nullable: true })
  durationSec!: number | null;

  @ApiProperty({ enum: BUCKETS })
  bucket!: DurationBucket;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  ruleId!: string | null;

  @ApiProperty({ enum: OUTCOMES })
  outcome!: (typeof OUTCOMES)[number];

  @ApiProperty({ type: [VerdictDto] })
  chain!: VerdictDto[];

  static of({ link, durationSec, explanation }: ExplainedLink): ExplainedRouteDto {
    const { rule, bucket, outcome, chain } = explanation;
    const verdicts = chain.map((verdict) => VerdictDto.of(verdict));
    return { ...link, durationSec, bucket, ruleId: rule?.id ?? null, outcome, chain: verdicts };
  }
}
