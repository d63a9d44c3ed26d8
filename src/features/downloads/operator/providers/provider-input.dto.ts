import { ApiProperty, IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { ProviderOptions } from '../../providers/provider.js';
import { PROVIDER_TYPES, type ProviderType } from '../../routing/download-provider.entity.js';
import { IsName } from '../is-name.js';
import { USD } from '../usd.js';

const LARGEST_INTEGER = 2_147_483_647;
const WEB_ADDRESS = {
  protocols: ['http', 'https'],
  require_protocol: true,
  require_tld: false,
  disallow_auth: true,
  allow_query_components: false,
  allow_fragments: false,
};
const AMOUNT = { message: 'must be an amount in dollars like 12.50, with six decimals at most' };

class AllProviderOptionsDto implements Required<ProviderOptions> {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'Units of a month that the subscription includes' })
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  quotaMonthUnits!: number;

  @ApiProperty({ description: 'What the operator pays for it is told by this subscription of his' })
  @Length(1, 100)
  subscriptionId!: string;

  @ApiProperty({ description: 'Its videos are known to label square pixels wrongly' })
  @IsBoolean()
  squarePixels!: boolean;

  @ApiProperty({ type: [String], description: 'Names of egress endpoints, or `direct`: the ways out, in their order' })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsString({ each: true })
  egress!: string[];

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Longer videos are not asked of it' })
  @IsInt()
  @Min(1)
  @Max(LARGEST_INTEGER)
  maxDurationSec!: number;
}

export class ProviderOptionsDto extends PartialType(AllProviderOptionsDto, { skipNullProperties: false }) {}

/** What the operator decides of a provider. */
class ProviderSettingsDto {
  @ApiProperty({ description: 'Rules, attempts and circuits know it by this: it cannot be changed' })
  @IsName()
  name!: string;

  @ApiProperty({ enum: PROVIDER_TYPES })
  @IsIn(PROVIDER_TYPES)
  providerType!: ProviderType;

  @ApiProperty({ example: 'yt-dlp', description: 'The code that does its work' })
  @Length(1, 64)
  adapter!: string;

  @ApiProperty({ default: true })
  @IsBoolean()
  isActive!: boolean;

  @ApiProperty({ type: 'integer', minimum: 1, default: 1, description: '1 is the highest' })
  @IsInt()
  @Min(1)
  @Max(LARGEST_INTEGER)
  priority!: number;

  @ApiProperty({ type: String, nullable: true, description: 'null: as the environment says, else the usual one' })
  @IsOptional()
  @IsUrl(WEB_ADDRESS)
  apiBaseUrl!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What RapidAPI wants as x-rapidapi-host' })
  @IsOptional()
  @Matches(/^[\w.-]{1,253}$/, { message: 'must be the name of a host' })
  apiHost!: string | null;

  @ApiProperty({ type: String, nullable: true, writeOnly: true, description: 'Kept encrypted; null takes it away' })
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,1000}$/, { message: 'must be 1 to 1000 printable characters without spaces' })
  apiKey!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, minimum: 1, description: 'null: no limit' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_INTEGER)
  rateLimitPerMin!: number | null;

  @ApiProperty({ example: '0.0003', default: '0.00' })
  @Matches(USD, AMOUNT)
  costPerDownloadUsd!: string;

  @ApiProperty({ type: String, nullable: true, example: '10.00', description: 'null: no limit' })
  @IsOptional()
  @Matches(USD, AMOUNT)
  dailyBudgetUsd!: string | null;

  @ApiProperty({ default: true, description: 'Off: the budget is only watched' })
  @IsBoolean()
  autoDisableOverBudget!: boolean;

  @ApiProperty({ type: ProviderOptionsDto, description: 'All of them: what is left out is taken away' })
  @IsObject()
  @ValidateNested()
  @Type(() => ProviderOptionsDto)
  options!: ProviderOptionsDto;
}

const REQUIRED = ['name', 'providerType', 'adapter'] as const;

export class CreateProviderDto extends IntersectionType(
  PickType(ProviderSettingsDto, REQUIRED),
  PartialType(OmitType(ProviderSettingsDto, REQUIRED), { skipNullProperties: false }),
) {}

export class UpdateProviderDto extends PartialType(OmitType(ProviderSettingsDto, ['name']), {
  skipNullProperties: false,
}) {}
