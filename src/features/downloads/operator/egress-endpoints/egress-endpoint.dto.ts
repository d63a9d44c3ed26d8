import { ApiProperty, IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsUrl, Matches } from 'class-validator';
import { FlagFilter, TextFilter } from '../../../../platform/http-server/filters.js';
import { PageQuery, SortableBy } from '../../../../platform/http-server/paging.js';
import { IsName } from '../is-name.js';
import { EGRESS_HEALTH, type EgressHealth, type ShownEndpoint } from './shown-endpoint.js';

const PROXY = {
  protocols: ['http', 'https', 'socks5'],
  require_protocol: true,
  require_tld: false,
  allow_query_components: false,
  allow_fragments: false,
};

export class EgressEndpointsQuery extends PageQuery {
  @FlagFilter()
  isActive?: boolean;

  @TextFilter('Somewhere in its name or country')
  text?: string;

  @SortableBy('name', 'createdAt', 'updatedAt')
  sort = 'name';
}

class EgressEndpointSettingsDto {
  @ApiProperty({ description: 'Providers and circuits know it by this: it cannot be changed' })
  @IsName()
  name!: string;

  @ApiProperty({ writeOnly: true, example: 'socks5://user:password@proxy.example.com:1080' })
  @IsUrl(PROXY, { message: 'must be the address of an http, https or socks5 proxy' })
  url!: string;

  @ApiProperty({ type: String, nullable: true, example: 'DE', description: 'ISO 3166-1 alpha-2' })
  @IsOptional()
  @Matches(/^[A-Z]{2}$/, { message: 'must be two capital letters' })
  country!: string | null;

  @ApiProperty({ default: true })
  @IsBoolean()
  isActive!: boolean;
}

const REQUIRED = ['name', 'url'] as const;

export class CreateEgressEndpointDto extends IntersectionType(
  PickType(EgressEndpointSettingsDto, REQUIRED),
  PartialType(OmitType(EgressEndpointSettingsDto, REQUIRED), { skipNullProperties: false }),
) {}

export class UpdateEgressEndpointDto extends PartialType(OmitType(EgressEndpointSettingsDto, ['name']), {
  skipNullProperties: false,
}) {}

export class EgressEndpointDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ example: 'socks5://••••@proxy.example.com:1080' })
  urlMasked!: string;

  @ApiProperty({ type: String, nullable: true, example: 'DE' })
  country!: string | null;

  @ApiProperty()
  isActive!: boolean;

  @ApiProperty({ enum: EGRESS_HEALTH, description: 'degraded: closed for some platforms; down: for all' })
  health!: EgressHealth;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  static of({ createdAt, updatedAt, ...endpoint }: ShownEndpoint): EgressEndpointDto {
    return { ...endpoint, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  }
}
