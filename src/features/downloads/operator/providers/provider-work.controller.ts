import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { IdParam } from '../../../../platform/http-server/id-param.js';
import { pageFrom, pageOf, type Page } from '../../../../platform/http-server/paging.js';
import { AttemptDto, AttemptsQuery } from '../attempts/attempt.dto.js';
import { ProviderTestDto, TestProviderDto } from './provider-test.dto.js';
import { ProviderTest } from './provider-test.js';
import { ProviderWork } from './provider-work.js';

/** What a provider does and has done. */
@ApiTags('providers')
@Controller('providers/:id')
@RequireRole('admin')
export class ProviderWorkController {
  constructor(
    private readonly work: ProviderWork,
    private readonly providerTest: ProviderTest,
  ) {}

  @Get('attempts')
  @ApiOperation({ summary: 'Attempts of a provider, the newest first' })
  @ApiOkResponse({ type: pageOf(AttemptDto) })
  @ApiProblems(400, 404)
  async attempts(@Param() { id }: IdParam, @Query() query: AttemptsQuery): Promise<Page<AttemptDto>> {
    return pageFrom(query, await this.work.attempts(id, query), (attempt) => AttemptDto.of(attempt));
  }

  @Post('test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask a provider for something, for real; one that passes is let through to again' })
  @ApiOkResponse({ type: ProviderTestDto })
  @ApiProblems(400, 404, 422)
  async test(
    @CurrentUser() by: Principal,
    @Param() { id }: IdParam,
    @Body() { url }: TestProviderDto,
  ): Promise<ProviderTestDto> {
    return ProviderTestDto.of(await this.providerTest.run(by, id, url ?? undefined));
  }

  @Post('reset-cooldowns')
  @HttpCode(204)
  @ApiOperation({ summary: 'Close all circuits of a provider' })
  @ApiNoContentResponse()
  @ApiProblems(400, 404)
  async resetCooldowns(@CurrentUser() by: Principal, @Param() { id }: IdParam): Promise<void> {
    await this.work.resetCooldowns(by, id);
  }
}
