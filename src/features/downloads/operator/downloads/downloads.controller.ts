import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { IdParam } from '../../../../platform/http-server/id-param.js';
import { pageFrom, pageOf, type Page } from '../../../../platform/http-server/paging.js';
import { DownloadDetailsDto, DownloadDto, DownloadsQuery } from './download.dto.js';
import { DownloadLog } from './download-log.js';

@ApiTags('downloads')
@Controller('downloads')
@RequireRole('admin')
export class DownloadsController {
  constructor(private readonly downloads: DownloadLog) {}

  @Get()
  @ApiOperation({ summary: 'What people have asked for, the newest first' })
  @ApiOkResponse({ type: pageOf(DownloadDto) })
  @ApiProblems(400)
  async list(@Query() query: DownloadsQuery): Promise<Page<DownloadDto>> {
    return pageFrom(query, await this.downloads.page(query), (request) => DownloadDto.of(request));
  }

  @Get(':id')
  @ApiOperation({ summary: 'A download with every attempt that was made' })
  @ApiOkResponse({ type: DownloadDetailsDto })
  @ApiProblems(400, 404)
  async get(@Param() { id }: IdParam): Promise<DownloadDetailsDto> {
    const { request, attempts } = await this.downloads.get(id);
    return DownloadDetailsDto.with(request, attempts);
  }
}
