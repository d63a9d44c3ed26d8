import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { OneOfFilter, TextFilter, TimeFilter } from '../../../../platform/http-server/filters.js';
import { PageQuery } from '../../../../platform/http-server/paging.js';
import type { Fix } from '../../../../platform/media/fix-plan.js';
import type { ErrorClass } from '../../errors/error-codes.js';
import { PLATFORMS, type Platform } from '../../links/media-link.js';
import type { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import type { DownloadRequest } from '../../requests/download-request.entity.js';
import { REQUEST_STATES, type RequestState } from '../../requests/request-state.js';
import { AttemptDto, ERROR_CLASSES } from '../attempts/attempt.dto.js';

const FIXES: readonly Fix[] = ['keep', 'faststart', 'remux', 'audio', 'scale', 'transcode', 'document'];

export class DownloadsQuery extends PageQuery {
  @OneOfFilter(REQUEST_STATES)
  state?: RequestState;

  @OneOfFilter(PLATFORMS)
  platform?: Platform;

  @ApiPropertyOptional({ example: 'K7Q2MZ4P', description: 'What the person was shown, in any case' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toUpperCase() : value))
  @Matches(/^[A-Z0-9]{8}$/, { message: 'must have eight letters and digits' })
  errorRef?: string;

  @ApiPropertyOptional({ type: 'integer' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(-Number.MAX_SAFE_INTEGER)
  @Max(Number.MAX_SAFE_INTEGER)
  tgUserId?: number;

  @TextFilter('Somewhere in its link, title or media key')
  text?: string;

  @TimeFilter('Asked for at this time or later')
  from?: Date;

  @TimeFilter('Asked for before this time')
  to?: Date;
}

export class DownloadDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'K7Q2MZ4P', description: 'What the person is shown of a failure' })
  errorRef!: string;

  @ApiProperty()
  bot!: string;

  @ApiProperty({ type: 'integer' })
  chatId!: number;

  @ApiProperty({ type: 'integer' })
  tgUserId!: number;

  @ApiProperty({ description: 'As it was sent' })
  link!: string;

  @ApiProperty({ enum: PLATFORMS })
  platform!: Platform;

  @ApiProperty({ type: String, nullable: true, description: 'null while a short link is not resolved' })
  mediaKey!: string | null;

  @ApiProperty({ enum: REQUEST_STATES })
  state!: RequestState;

  @ApiProperty()
  inBackground!: boolean;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  ruleId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  title!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  durationSec!: number | null;

  @ApiProperty({ enum: FIXES, nullable: true, description: 'What made it play well' })
  fix!: Fix | null;

  @ApiProperty({ enum: ERROR_CLASSES, nullable: true })
  errorClass!: ErrorClass | null;

  @ApiProperty({ type: String, nullable: true })
  errorCode!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  static of(request: DownloadRequest): DownloadDto {
    return {
      id: request.id,
      errorRef: request.errorRef,
      bot: request.bot,
      chatId: request.chatId,
      tgUserId: request.tgUserId,
      link: request.link,
      platform: request.platform,
      mediaKey: request.mediaKey,
      state: request.state,
      inBackground: request.inBackground,
      ruleId: request.ruleId,
      title: request.title,
      durationSec: request.durationSec,
      fix: request.fix,
      errorClass: request.errorClass,
      errorCode: request.errorCode,
      createdAt: request.createdAt.toISOString(),
    };
  }
}

export class DownloadDetailsDto extends DownloadDto {
  @ApiProperty({ type: [AttemptDto], description: 'In the order in which they were made' })
  attempts!: AttemptDto[];

  static with(request: DownloadRequest, attempts: readonly DownloadAttempt[]): DownloadDetailsDto {
    return Object.assign(DownloadDto.of(request), { attempts: attempts.map((attempt) => AttemptDto.of(attempt)) });
  }
}
