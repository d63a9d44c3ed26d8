import { ApiProperty } from '@nestjs/swagger';
import { OneOfFilter, TextFilter, TimeFilter } from '../../../platform/http-server/filters.js';
import { pageOf, PageQuery } from '../../../platform/http-server/paging.js';
import type { ErrorEntry } from './error-entry.entity.js';
import { ERROR_SOURCES, type ErrorSource } from './error-source.js';

export class ErrorsQuery extends PageQuery {
  @OneOfFilter(ERROR_SOURCES)
  source?: ErrorSource;

  @TextFilter()
  platform?: string;

  @TextFilter()
  provider?: string;

  @TextFilter('The class, e.g. `HARD_KILL`')
  type?: string;

  @TextFilter()
  code?: string;

  @TextFilter('Somewhere in the message, in large or small letters')
  text?: string;

  @TextFilter('What the person was shown')
  errorRef?: string;

  @TextFilter('Of a group')
  signature?: string;

  @TimeFilter('From this moment on')
  from?: Date;

  @TimeFilter('Before this moment')
  to?: Date;
}

export class ErrorDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ERROR_SOURCES })
  source!: ErrorSource;

  @ApiProperty({ type: String, nullable: true })
  platform!: string | null;

  @ApiProperty({ type: String, nullable: true })
  provider!: string | null;

  @ApiProperty({ example: 'HARD_KILL', description: 'The class' })
  type!: string;

  @ApiProperty({ example: 'HTTP_403' })
  code!: string;

  @ApiProperty()
  message!: string;

  @ApiProperty({ type: String, nullable: true, description: 'What the person was shown' })
  errorRef!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The row that it happened to, e.g. a download' })
  subjectId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of the program or of Nexus' })
  version!: string | null;

  @ApiProperty({ description: 'What it has in common with others of its group' })
  signature!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  static of(error: ErrorEntry): ErrorDto {
    const { id, source, platform, provider, type, code, message, errorRef, subjectId, version, signature } = error;
    return {
      id,
      source,
      platform,
      provider,
      type,
      code,
      message,
      errorRef,
      subjectId,
      version,
      signature,
      at: error.at.toISOString(),
    };
  }
}

export const ErrorPageDto = pageOf(ErrorDto);
