import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../platform/auth/access.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { pageFrom, type Page } from '../../../platform/http-server/paging.js';
import { AuditEntryDto, AuditPageDto, AuditQuery } from './audit.dto.js';
import { AuditRepository } from './audit.repository.js';

@ApiTags('ops')
@Controller('audit')
@RequireRole('admin')
export class AuditController {
  constructor(private readonly records: AuditRepository) {}

  @Get()
  @ApiOperation({ summary: 'What operators have changed, the newest first' })
  @ApiOkResponse({ type: AuditPageDto })
  @ApiProblems(400)
  async list(@Query() query: AuditQuery): Promise<Page<AuditEntryDto>> {
    return pageFrom(query, await this.records.page(query, query), (record) => AuditEntryDto.of(record));
  }
}
