import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import type { ErrorClass, ErrorCode } from '../errors/error-codes.js';
import type { Platform } from '../links/media-link.js';
import type { ProviderTry, Quota } from '../providers/provider.js';
import type { Grant } from '../routing/gate/gate-question.js';
import { DownloadRequest } from '../requests/download-request.entity.js';
import type { DurationBucket } from '../routing/duration-bucket.js';

/** A `Waiting` of a provider, and what the gate has granted meanwhile. */
export interface AttemptRest {
  /** A `Resume`; wider here for the sake of TypeORM's types. */
  resume: object;
  grant: Grant;
}

/** One provider's work on one request: the telemetry that routing and the operator look at. */
@Entity('download_attempts')
@Index('download_attempts_request', ['requestId', 'startedAt'])
@Index('download_attempts_provider', ['provider', 'startedAt'])
@Index('download_attempts_started', ['startedAt'])
@Index('download_attempts_resting', ['requestId'], { where: 'outcome IS NULL AND rest IS NOT NULL' })
export class DownloadAttempt {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @ManyToOne(() => DownloadRequest, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'download_attempts_request_fk' })
  request?: DownloadRequest;

  @Column({ type: 'uuid' })
  requestId!: string;

  @Column({ type: 'text' })
  provider!: string;

  @Column({ type: 'text' })
  egress!: string;

  @Column({ type: 'text' })
  platform!: Platform;

  @Column({ type: 'text' })
  durationBucket!: DurationBucket | 'unknown';

  @Column({ type: 'uuid', nullable: true })
  ruleId!: string | null;

  /** Why this provider was taken. */
  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'timestamptz' })
  startedAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt!: Date | null;

  /** null while it runs. */
  @Column({ type: 'text', nullable: true })
  outcome!: 'succeeded' | 'failed' | 'cancelled' | null;

  @Column({ type: 'text', nullable: true })
  errorClass!: ErrorClass | null;

  @Column({ type: 'text', nullable: true })
  errorCode!: ErrorCode | null;

  @Column({ type: 'text', nullable: true })
  message!: string | null;

  @Column({ type: 'jsonb' })
  tries!: (ProviderTry & { egress: string })[];

  /** The host that the bytes came from. */
  @Column({ type: 'text', nullable: true })
  downloadHost!: string | null;

  /** Hosts in the order of their connections. */
  @Column({ type: 'jsonb' })
  redirectChain!: string[];

  @Column({ type: 'integer', nullable: true })
  ttfbMs!: number | null;

  @Column({ type: 'integer', nullable: true })
  downloadTimeMs!: number | null;

  @Column({ ...bigint, nullable: true })
  fileSizeBytes!: number | null;

  @Column({ type: 'double precision', nullable: true })
  downloadSpeedBytesPerSec!: number | null;

  /** What it costs: while it runs, what is set aside for it. */
  @Column({ type: 'numeric', precision: 12, scale: 6, default: 0 })
  costUsd!: string;

  /** As the API told. */
  @Column({ type: 'jsonb', nullable: true })
  quota!: Quota | null;

  /** What an attempt that rests goes on with. */
  @Column({ type: 'jsonb', nullable: true })
  rest!: AttemptRest | null;
}
