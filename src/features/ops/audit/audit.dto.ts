import { ApiProperty } from '@nestjs/swagger';
import { TextFilter, TimeFilter } from '../../../platform/http-server/filters.js';
import { pageOf, PageQuery } from '../../../platform/http-server/paging.js';
import type { AuditRecord } from './audit-record.entity.js';

export class AuditQuery extends PageQuery {
  @TextFilter('E.g. `telegram:42`')
  actor?: string;

  @TextFilter('E.g. `provider.updated`')
  action?: string;

  @TextFilter('E.g. `provider:yt-dlp`')
  subject?: string;

  @TimeFilter('From this moment on')
  from?: Date;

  @TimeFilter('Before this moment')
  to?: Date;
}

export class AuditEntryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'telegram:42', description: '`user:{id}` of the panel, or `telegram:{id}`' })
  actor!: string;

  @ApiProperty({ example: 'provider.updated' })
  action!: string;

  @ApiProperty({ example: 'provider:yt-dlp' })
  subject!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: 'Secrets masked' })
  before!: object | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: 'Secrets masked' })
  after!: object | null;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  static of({ id, actor, action, subject, before, after, at }: AuditRecord): AuditEntryDto {
    return { id, actor, action, subject, before, after, at: at.toISOString() };
  }
}

export const AuditPageDto = pageOf(AuditEntryDto);
