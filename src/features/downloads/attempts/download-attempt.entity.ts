import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '../../../platform/database/columns.js';
import type { ErrorClass, ErrorCode } from '../errors/error-codes.js';
import type { Platform } from '../links/media-link.js';
import type { ProviderTry } from '../providers/provider.js';
import { DownloadRequest } from '../requests/download-request.entity.js';
import type { DurationBucket } from '../routing/duration-bucket.js';

/** One provider's work on one request: the telemetry that routing and the operator look at. */
@Entity('download_attempts')
@Index('download_attempts_request', ['requestId', 'startedAt'])
@Index('download_attempts_provider', ['provider', 'startedAt'])
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

  @Column({ type: 'numeric', precision: 12, scale: 6, default: 0 })
  costUsd!: string;
}
