import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { IdParam } from '../../../../platform/http-server/id-param.js';
import { pageFrom, pageOf, type Page } from '../../../../platform/http-server/paging.js';
import { GenerationJobDto, GenerationJobsQuery, JobNoteDto } from './job.dto.js';
import { GenerationJobDetailsDto } from './job-details.dto.js';
import { JobDesk } from './job-desk.js';

@ApiTags('generation')
@Controller('generation/jobs')
@RequireRole('admin')
export class GenerationJobsController {
  constructor(private readonly jobs: JobDesk) {}

  @Get()
  @ApiOperation({ summary: 'Videos that people have asked for, the newest first' })
  @ApiOkResponse({ type: pageOf(GenerationJobDto) })
  @ApiProblems(400)
  async list(@Query() query: GenerationJobsQuery): Promise<Page<GenerationJobDto>> {
    return pageFrom(query, await this.jobs.page(query), (job) => GenerationJobDto.of(job));
  }

  @Get(':id')
  @ApiOperation({ summary: 'A job with all that has happened to it' })
  @ApiOkResponse({ type: GenerationJobDetailsDto })
  @ApiProblems(400, 404)
  async get(@Param() { id }: IdParam): Promise<GenerationJobDetailsDto> {
    const { job, timeline, submissions } = await this.jobs.get(id);
    return GenerationJobDetailsDto.with(job, timeline, submissions);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Have a failed job tried anew; the person pays for it again' })
  @ApiOkResponse({ type: GenerationJobDto })
  @ApiProblems(400, 404, 409)
  async retry(
    @CurrentUser() by: Principal,
    @Param() { id }: IdParam,
    @Body() { note }: JobNoteDto,
  ): Promise<GenerationJobDto> {
    return GenerationJobDto.of(await this.jobs.act('retry', id, by, note));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a job that waits in the queue; its credits go back' })
  @ApiOkResponse({ type: GenerationJobDto })
  @ApiProblems(400, 404, 409)
  async cancel(
    @CurrentUser() by: Principal,
    @Param() { id }: IdParam,
    @Body() { note }: JobNoteDto,
  ): Promise<GenerationJobDto> {
    return GenerationJobDto.of(await this.jobs.act('cancel', id, by, note));
  }

  @Post(':id/refund')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give back the credits of a delivered video, once' })
  @ApiOkResponse({ type: GenerationJobDto })
  @ApiProblems(400, 404, 409)
  async refund(
    @CurrentUser() by: Principal,
    @Param() { id }: IdParam,
    @Body() { note }: JobNoteDto,
  ): Promise<GenerationJobDto> {
    return GenerationJobDto.of(await this.jobs.act('refund', id, by, note));
  }
}
