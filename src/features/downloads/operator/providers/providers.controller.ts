import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { IdParam } from '../../../../platform/http-server/id-param.js';
import { pageFrom, pageOf, type Page } from '../../../../platform/http-server/paging.js';
import { CreateProviderDto, UpdateProviderDto } from './provider-input.dto.js';
import { ProviderDto, ProvidersQuery } from './provider.dto.js';
import { ProvidersService } from './providers.service.js';

@ApiTags('providers')
@Controller('providers')
@RequireRole('admin')
export class ProvidersController {
  constructor(private readonly providers: ProvidersService) {}

  @Get()
  @ApiOperation({ summary: 'Ways to get a medium, with their health' })
  @ApiOkResponse({ type: pageOf(ProviderDto) })
  @ApiProblems(400)
  async list(@Query() query: ProvidersQuery): Promise<Page<ProviderDto>> {
    return pageFrom(query, await this.providers.page(query), (provider) => ProviderDto.of(provider));
  }

  @Get(':id')
  @ApiOperation({ summary: 'A provider' })
  @ApiOkResponse({ type: ProviderDto })
  @ApiProblems(400, 404)
  async get(@Param() { id }: IdParam): Promise<ProviderDto> {
    return ProviderDto.of(await this.providers.get(id));
  }

  @Post()
  @ApiOperation({ summary: 'Add a provider' })
  @ApiCreatedResponse({ type: ProviderDto })
  @ApiProblems(400, 409, 422)
  async create(@CurrentUser() by: Principal, @Body() body: CreateProviderDto): Promise<ProviderDto> {
    return ProviderDto.of(await this.providers.create(by, body));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a provider' })
  @ApiOkResponse({ type: ProviderDto })
  @ApiProblems(400, 404, 422)
  async update(
    @CurrentUser() by: Principal,
    @Param() { id }: IdParam,
    @Body() body: UpdateProviderDto,
  ): Promise<ProviderDto> {
    return ProviderDto.of(await this.providers.update(by, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a provider away that is in no chain' })
  @ApiNoContentResponse()
  @ApiProblems(400, 404, 409)
  async delete(@CurrentUser() by: Principal, @Param() { id }: IdParam): Promise<void> {
    await this.providers.delete(by, id);
  }
}
