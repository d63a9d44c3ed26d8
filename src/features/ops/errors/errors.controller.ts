import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../platform/auth/access.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { IdParam } from '../../../platform/http-server/id-param.js';
import { pageFrom, type Page } from '../../../platform/http-server/paging.js';
import { ErrorGroupDto, ErrorGroupPageDto } from './error-groups.dto.js';
import { ErrorTotalsDto } from './error-totals.dto.js';
import { ErrorDto, ErrorPageDto, ErrorsQuery } from './errors.dto.js';
import { ErrorsService } from './errors.service.js';

@ApiTags('ops')
@Controller('errors')
@RequireRole('admin')
export class ErrorsController {
  constructor(private readonly errors: ErrorsService) {}

  @Get()
  @ApiOperation({ summary: 'What went wrong, the newest first' })
  @ApiOkResponse({ type: ErrorPageDto })
  @ApiProblems(400)
  async list(@Query() query: ErrorsQuery): Promise<Page<ErrorDto>> {
    return pageFrom(query, await this.errors.page(query, query), (error) => ErrorDto.of(error));
  }

  @Get('totals')
  @ApiOperation({ summary: 'How much went wrong; takes the same filters, pages mean nothing here' })
  @ApiOkResponse({ type: ErrorTotalsDto })
  @ApiProblems(400)
  async totals(@Query() query: ErrorsQuery): Promise<ErrorTotalsDto> {
    return this.errors.totals(query);
  }

  @Get('groups')
  @ApiOperation({ summary: 'What goes wrong again and again; the one that was seen last first' })
  @ApiOkResponse({ type: ErrorGroupPageDto })
  @ApiProblems(400)
  async groups(@Query() query: ErrorsQuery): Promise<Page<ErrorGroupDto>> {
    return pageFrom(query, await this.errors.groups(query, query), (group) => ErrorGroupDto.of(group));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One error' })
  @ApiOkResponse({ type: ErrorDto })
  @ApiProblems(400, 404)
  async one(@Param() { id }: IdParam): Promise<ErrorDto> {
    return ErrorDto.of(await this.errors.one(id));
  }
}
