import { ApiProperty } from '@nestjs/swagger';
import { OneOfFilter, TimeFilter } from '../../../../platform/http-server/filters.js';
import { PageQuery } from '../../../../platform/http-server/paging.js';
import type { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import { classOf, ERROR_CODES, type ErrorClass } from '../../errors/error-codes.js';
import { PLATFORMS, type Platform } from '../../links/media-link.js';
import { usd } from '../usd.js';

const OUTCOMES = ['succeeded', 'failed', 'cancelled'] as const;
const BUCKETS: readonly DownloadAttempt['durationBucket'][] = ['shorts', 'medium', 'long', 'unknown'];
export const ERROR_CLASSES: readonly ErrorClass[] = [...new Set(ERROR_CODES.map(classOf))];

type Try = DownloadAttempt['tries'][number];
const TRY_KINDS: readonly Try['kind'][] = ['first', 'reextract', 'resume', 'egress'];

export class AttemptsQuery extends PageQuery {
  @OneOfFilter(OUTCOMES)
  outcome?: (typeof OUTCOMES)[number];

  @OneOfFilter(ERROR_CLASSES)
  errorClass?: ErrorClass;

  @OneOfFilter(PLATFORMS)
  platform?: Platform;

  @TimeFilter('Begun at this time or later')
  from?: Date;

  @TimeFilter('Begun before this time')
  to?: Date;
}

class AttemptTryDto {
  @ApiProperty({ enum: TRY_KINDS })
  kind!: Try['kind'];

  @ApiProperty({ description: 'The way out' })
  egress!: string;

  @ApiProperty({ type: String, nullable: true, description: 'null: it went well' })
  errorCode!: string | null;
}

export class AttemptDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  requestId!: string;

  @ApiProperty()
  provider!: string;

  @ApiProperty({ description: 'The way out of the last try' })
  egress!: string;

  @ApiProperty({ enum: PLATFORMS })
  platform!: Platform;

  @ApiProperty({ enum: BUCKETS })
  durationBucket!: DownloadAttempt['durationBucket'];

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The rule that was followed' })
  ruleId!: string | null;

  @ApiProperty({ example: '2 of 4, because yt-dlp: HTTP_403', description: 'Why it was its turn' })
  reason!: string;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;

  @ApiProperty({ enum: OUTCOMES, nullable: true, description: 'null while it runs' })
  outcome!: (typeof OUTCOMES)[number] | null;

  @ApiProperty({ enum: ERROR_CLASSES, nullable: true })
  errorClass!: ErrorClass | null;

  @ApiProperty({ type: String, nullable: true })
  errorCode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  message!: string | null;

  @ApiProperty({ type: [AttemptTryDto] })
  tries!: AttemptTryDto[];

  @ApiProperty({ type: String, nullable: true, description: 'The host that the bytes came from' })
  downloadHost!: string | null;

  @ApiProperty({ type: [String], description: 'Hosts in the order of their connections' })
  redirectChain!: string[];

  @ApiProperty({ type: 'integer', nullable: true })
  ttfbMs!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  downloadTimeMs!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  fileSizeBytes!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  downloadSpeedBytesPerSec!: number | null;

  @ApiProperty({ example: '0.0003' })
  costUsd!: string;

  static of(attempt: DownloadAttempt): AttemptDto {
    return {
      id: attempt.id,
      requestId: attempt.requestId,
      provider: attempt.provider,
      egress: attempt.egress,
      platform: attempt.platform,
      durationBucket: attempt.durationBucket,
      ruleId: attempt.ruleId,
      reason: attempt.reason,
      startedAt: attempt.startedAt.toISOString(),
      endedAt: attempt.endedAt?.toISOString() ?? null,
      outcome: attempt.outcome,
      errorClass: attempt.errorClass,
      errorCode: attempt.errorCode,
      message: attempt.message,
      tries: attempt.tries.map(({ kind, egress, errorCode }) => ({ kind, egress, errorCode })),
      downloadHost: attempt.downloadHost,
      redirectChain: attempt.redirectChain,
      ttfbMs: attempt.ttfbMs,
      downloadTimeMs: attempt.downloadTimeMs,
      fileSizeBytes: attempt.fileSizeBytes,
      downloadSpeedBytesPerSec: attempt.downloadSpeedBytesPerSec,
      costUsd: usd(attempt.costUsd),
    };
  }
}
