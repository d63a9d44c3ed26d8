import type { ProviderOptions, Quota } from '../providers/provider.js';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

export const PROVIDER_TYPES = ['local', 'api', 'egress_pool'] as const;
export type ProviderType = (typeof PROVIDER_TYPES)[number];

export const HEALTH_STATUSES = ['healthy', 'degraded', 'down'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** Binds an encrypted key to its row. */
export const apiKeyContext = (id: string) => `download_providers:${id}:api_key`;

/** A provider as the operator has set it up; the adapter is the code that does its work. */
@Entity('download_providers')
@Index('download_providers_name', ['name'], { unique: true })
export class DownloadProvider {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  providerType!: ProviderType;

  @Column({ type: 'text' })
  adapter!: string;

  @Column({ type: 'boolean', default: true })
  isActive!: boolean;

  /** 1 is the highest. */
  @Column({ type: 'integer', default: 1 })
  priority!: number;

  /** null: the variable of its adapter, else the stand-in or the real host. */
  @Column({ type: 'text', nullable: true })
  apiBaseUrl!: string | null;

  @Column({ type: 'text', nullable: true })
  apiHost!: string | null;

  /** Encrypted, with `apiKeyContext` of the row. */
  @Column({ type: 'text', nullable: true })
  apiKey!: string | null;

  @Column({ type: 'integer', nullable: true })
  rateLimitPerMin!: number | null;

  @Column({ type: 'numeric', precision: 12, scale: 6, default: 0 })
  costPerDownloadUsd!: string;

  @Column({ type: 'numeric', precision: 12, scale: 6, nullable: true })
  dailyBudgetUsd!: string | null;

  /** Off: the budget is only watched. */
  @Column({ type: 'boolean', default: true })
  autoDisableOverBudget!: boolean;

  /** Of the operator's day that ends at `budgetResetAt`; written after each paid attempt. */
  @Column({ type: 'numeric', precision: 12, scale: 6, default: 0 })
  dailySpentUsd!: string;

  @Column({ type: 'timestamptz', nullable: true })
  budgetResetAt!: Date | null;

  @Column({ type: 'jsonb', default: {} })
  options!: ProviderOptions;

  /** As its API told last. */
  @Column({ type: 'jsonb', nullable: true })
  quota!: Quota | null;

  /** From here on: written by the health watch alone. */
  @Column({ type: 'text', default: 'healthy' })
  healthStatus!: HealthStatus;

  @Column({ type: 'timestamptz', nullable: true })
  lastSuccessAt!: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastErrorAt!: Date | null;

  @Column({ name: 'error_count_1h', type: 'integer', default: 0 })
  errorCount1h!: number;

  /** From 0 to 1; null: nothing was tried. */
  @Column({ name: 'success_rate_24h', type: 'double precision', nullable: true })
  successRate24h!: number | null;

  @Column({ type: 'double precision', nullable: true })
  avgSpeedBytesPerSec!: number | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
