import { ApiProperty, IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { FlagFilter, OneOfFilter } from '../../../../platform/http-server/filters.js';
import { PageQuery, SortableBy } from '../../../../platform/http-server/paging.js';
import { PLATFORMS, type Platform } from '../../links/media-link.js';
import type { RoutingRule } from '../../routing/routing-rule.entity.js';

const LARGEST_INTEGER = 2_147_483_647;
/** Others must still fit behind it. */
const LAST_PRIORITY = 1_000_000;

export class RoutingRulesQuery extends PageQuery {
  @OneOfFilter(PLATFORMS)
  platform?: Platform;

  @FlagFilter()
  isActive?: boolean;

  @SortableBy('priority', 'platform', 'createdAt', 'updatedAt')
  sort = 'priority';
}

export class ExperimentDto {
  @ApiProperty({ type: [String], description: 'The chain that a share of the downloads takes' })
  @IsArray()
  @IsString({ each: true })
  chain!: string[];

  @ApiProperty({ minimum: 0, maximum: 1 })
  @IsNumber()
  @Min(0)
  @Max(1)
  share!: number;

  @ApiProperty()
  @IsBoolean()
  isActive!: boolean;
}

/** What the operator decides of a rule. */
class RoutingRuleSettingsDto {
  @ApiProperty({ enum: PLATFORMS, nullable: true, default: null, description: 'null: any' })
  @IsOptional()
  @IsIn(PLATFORMS)
  platform!: Platform | null;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    nullable: true,
    default: null,
    description: 'min ≤ duration; null: open',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LARGEST_INTEGER)
  durationMinSec!: number | null;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    nullable: true,
    default: null,
    description: 'duration < max; null: open',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_INTEGER)
  durationMaxSec!: number | null;

  @ApiProperty({ type: 'integer', minimum: 1, default: 2_000, description: 'A limit, and no part of the match' })
  @IsInt()
  @Min(1)
  @Max(LARGEST_INTEGER)
  fileSizeMaxMb!: number;

  @ApiProperty({ type: [String], example: ['yt-dlp', 'rapidapi'], description: 'Names of providers, the first first' })
  @IsArray()
  @IsString({ each: true })
  providerChain!: string[];

  @ApiProperty({ type: ExperimentDto, nullable: true, default: null })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ExperimentDto)
  experiment!: ExperimentDto | null;

  @ApiProperty({ default: true })
  @IsBoolean()
  isActive!: boolean;

  @ApiProperty({ type: 'integer', minimum: 1, description: '1 is looked at first; a new rule is the last unless told' })
  @IsInt()
  @Min(1)
  @Max(LAST_PRIORITY)
  priority!: number;
}

const REQUIRED = ['providerChain'] as const;

export class CreateRoutingRuleDto extends IntersectionType(
  PickType(RoutingRuleSettingsDto, REQUIRED),
  PartialType(OmitType(RoutingRuleSettingsDto, REQUIRED), { skipNullProperties: false }),
) {}

export class UpdateRoutingRuleDto extends PartialType(RoutingRuleSettingsDto, { skipNullProperties: false }) {}

export class RuleOrderDto {
  @ApiProperty({ type: [String], format: 'uuid', description: 'All rules, the first to be looked at first' })
  @IsUUID(undefined, { each: true })
  @IsArray()
  ids!: string[];
}

export class RoutingRuleDto extends RoutingRuleSettingsDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  static of({ experiment, createdAt, updatedAt, ...rule }: RoutingRule): RoutingRuleDto {
    return {
      ...rule,
      experiment,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }
}
