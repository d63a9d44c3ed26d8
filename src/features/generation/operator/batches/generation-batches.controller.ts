import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { IdParam } from '../../../../platform/http-server/id-param.js';
import { pageFrom, pageOf, type Page } from '../../../../platform/http-server/paging.js';
import { GenerationBatchDetailsDto, GenerationBatchDto, GenerationBatchesQuery } from './batch.dto.js';
import { BatchLog } from './batch-log.js';

@ApiTags('generation')
@Controller('generation/batches')
@RequireRole('admin')
export class GenerationBatchesController {
  constructor(private readonly batches: BatchLog) {}

  @Get()
  @ApiOperation({ summary: 'What was confirmed with one press each, the newest first' })
  @ApiOkResponse({ type: pageOf(GenerationBatchDto) })
  @ApiProblems(400)
  async list(@Query() query: GenerationBatchesQuery): Promise<Page<GenerationBatchDto>> {
    return pageFrom(query, await this.batches.page(query), (batch) => GenerationBatchDto.of(batch));
  }

  @Get(':id')
  @ApiOperation({ summary: 'A batch with its jobs' })
  @ApiOkResponse({ type: GenerationBatchDetailsDto })
  @ApiProblems(400, 404)
  async get(@Param() { id }: IdParam): Promise<GenerationBatchDetailsDto> {
    const { batch, jobs } = await this.batches.get(id);
    return GenerationBatchDetailsDto.with(batch, jobs);
  }
}
