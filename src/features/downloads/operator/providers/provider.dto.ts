import { ApiProperty } from '@nestjs/swagger';
import { FlagFilter, OneOfFilter, TextFilter } from '../../../../platform/http-server/filters.js';
import { PageQuery, SortableBy } from '../../../../platform/http-server/paging.js';
import type { Quota } from '../../providers/provider.js';
import {
  HEALTH_STATUSES,
  PROVIDER_TYPES,
  type HealthStatus,
  type ProviderType,
} from '../../routing/download-provider.entity.js';
import { ProviderOptionsDto } from './provider-input.dto.js';
import type { ShownProvider } from './shown-provider.js';

export class ProvidersQuery extends PageQuery {
  @OneOfFilter(PROVIDER_TYPES)
  providerType?: ProviderType;

  @TextFilter()
  adapter?: string;

  @FlagFilter()
  isActive?: boolean;

  @OneOfFilter(HEALTH_STATUSES)
  healthStatus?: HealthStatus;

  @TextFilter('Somewhere in its name, adapter or host')
  text?: string;

  @SortableBy('priority', 'name', 'createdAt', 'updatedAt', 'healthStatus', 'successRate24h', 'dailySpentUsd')
  sort = 'priority';
}

class QuotaDto implements Quota {
  @ApiProperty({ type: Number, nullable: true })
  limit!: number | null;

  @ApiProperty()
  remaining!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  resetAt!: string | null;
}

export class ProviderDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'yt-dlp' })
  name!: string;

  @ApiProperty({ enum: PROVIDER_TYPES })
  providerType!: ProviderType;

  @ApiProperty({ example: 'yt-dlp' })
  adapter!: string;

  @ApiProperty()
  isActive!: boolean;

  @ApiProperty({ type: 'integer', description: '1 is the highest' })
  priority!: number;

  @ApiProperty({ type: String, nullable: true })
  apiBaseUrl!: string | null;

  @ApiProperty({ type: String, nullable: true })
  apiHost!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '••••1234' })
  apiKeyMasked!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  rateLimitPerMin!: number | null;

  @ApiProperty({ example: '0.0003' })
  costPerDownloadUsd!: string;

  @ApiProperty({ type: String, nullable: true, example: '10.00' })
  dailyBudgetUsd!: string | null;

  @ApiProperty()
  autoDisableOverBudget!: boolean;

  @ApiProperty({ example: '1.25', description: 'Of the day that ends at budgetResetAt' })
  dailySpentUsd!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  budgetResetAt!: string | null;

  @ApiProperty({ type: ProviderOptionsDto })
  options!: ProviderOptionsDto;

  @ApiProperty({ type: QuotaDto, nullable: true, description: 'As its API told last' })
  quota!: QuotaDto | null;

  @ApiProperty({ enum: HEALTH_STATUSES })
  healthStatus!: HealthStatus;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastSuccessAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastErrorAt!: string | null;

  @ApiProperty({ type: 'integer' })
  errorCount1h!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'From 0 to 1; null: nothing was tried' })
  successRate24h!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  avgSpeedBytesPerSec!: number | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  static of(provider: ShownProvider): ProviderDto {
    return {
      ...provider,
      budgetResetAt: provider.budgetResetAt?.toISOString() ?? null,
      lastSuccessAt: provider.lastSuccessAt?.toISOString() ?? null,
      lastErrorAt: provider.lastErrorAt?.toISOString() ?? null,
      createdAt: provider.createdAt.toISOString(),
      updatedAt: provider.updatedAt.toISOString(),
    };
  }
}
