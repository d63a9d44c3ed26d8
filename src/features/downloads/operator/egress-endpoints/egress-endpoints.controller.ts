import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { IdParam } from '../../../../platform/http-server/id-param.js';
import { pageFrom, pageOf, type Page } from '../../../../platform/http-server/paging.js';
import {
  CreateEgressEndpointDto,
  EgressEndpointDto,
  EgressEndpointsQuery,
  UpdateEgressEndpointDto,
} from './egress-endpoint.dto.js';
import { EgressEndpointsService } from './egress-endpoints.service.js';

@ApiTags('egress endpoints')
@Controller('egress-endpoints')
@RequireRole('admin')
export class EgressEndpointsController {
  constructor(private readonly endpoints: EgressEndpointsService) {}

  @Get()
  @ApiOperation({ summary: 'Proxies that providers may leave through' })
  @ApiOkResponse({ type: pageOf(EgressEndpointDto) })
  @ApiProblems(400)
  async list(@Query() query: EgressEndpointsQuery): Promise<Page<EgressEndpointDto>> {
    return pageFrom(query, await this.endpoints.page(query), (endpoint) => EgressEndpointDto.of(endpoint));
  }

  @Get(':id')
  @ApiOperation({ summary: 'An egress endpoint' })
  @ApiOkResponse({ type: EgressEndpointDto })
  @ApiProblems(400, 404)
  async get(@Param() { id }: IdParam): Promise<EgressEndpointDto> {
    return EgressEndpointDto.of(await this.endpoints.get(id));
  }

  @Post()
  @ApiOperation({ summary: 'Add an egress endpoint' })
  @ApiCreatedResponse({ type: EgressEndpointDto })
  @ApiProblems(400, 409)
  async create(@CurrentUser() by: Principal, @Body() body: CreateEgressEndpointDto): Promise<EgressEndpointDto> {
    return EgressEndpointDto.of(await this.endpoints.create(by, body));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change an egress endpoint' })
  @ApiOkResponse({ type: EgressEndpointDto })
  @ApiProblems(400, 404)
  async update(
    @CurrentUser() by: Principal,
    @Param() { id }: IdParam,
    @Body() body: UpdateEgressEndpointDto,
  ): Promise<EgressEndpointDto> {
    return EgressEndpointDto.of(await this.endpoints.update(by, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take an egress endpoint away that no provider names' })
  @ApiNoContentResponse()
  @ApiProblems(400, 404, 409)
  async delete(@CurrentUser() by: Principal, @Param() { id }: IdParam): Promise<void> {
    await this.endpoints.delete(by, id);
  }
}
