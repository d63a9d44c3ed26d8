import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { IdParam } from '../../../../platform/http-server/id-param.js';
import { pageFrom, pageOf, type Page } from '../../../../platform/http-server/paging.js';
import {
  CreateRoutingRuleDto,
  RoutingRuleDto,
  RoutingRulesQuery,
  RuleOrderDto,
  UpdateRoutingRuleDto,
} from './routing-rule.dto.js';
import { RoutingRulesService } from './routing-rules.service.js';
import { ExplainedRouteDto, RuleTestDto } from './rule-test.dto.js';
import { RuleTest } from './rule-test.js';

@ApiTags('routing rules')
@Controller('routing-rules')
@RequireRole('admin')
export class RoutingRulesController {
  constructor(
    private readonly rules: RoutingRulesService,
    private readonly ruleTest: RuleTest,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Rules by which providers are chosen' })
  @ApiOkResponse({ type: pageOf(RoutingRuleDto) })
  @ApiProblems(400)
  async list(@Query() query: RoutingRulesQuery): Promise<Page<RoutingRuleDto>> {
    return pageFrom(query, await this.rules.page(query), (rule) => RoutingRuleDto.of(rule));
  }

  @Get(':id')
  @ApiOperation({ summary: 'A routing rule' })
  @ApiOkResponse({ type: RoutingRuleDto })
  @ApiProblems(400, 404)
  async get(@Param() { id }: IdParam): Promise<RoutingRuleDto> {
    return RoutingRuleDto.of(await this.rules.get(id));
  }

  @Post()
  @ApiOperation({ summary: 'Add a routing rule' })
  @ApiCreatedResponse({ type: RoutingRuleDto })
  @ApiProblems(400, 422)
  async create(@CurrentUser() by: Principal, @Body() body: CreateRoutingRuleDto): Promise<RoutingRuleDto> {
    return RoutingRuleDto.of(await this.rules.create(by, body));
  }

  @Put('order')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say in which order rules are looked at' })
  @ApiNoContentResponse()
  @ApiProblems(400, 422)
  async reorder(@CurrentUser() by: Principal, @Body() { ids }: RuleOrderDto): Promise<void> {
    await this.rules.reorder(by, ids);
  }

  @Post('test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Explain which way a link would take now, without a download' })
  @ApiOkResponse({ type: ExplainedRouteDto })
  @ApiProblems(400, 422)
  async test(@Body() body: RuleTestDto): Promise<ExplainedRouteDto> {
    return ExplainedRouteDto.of(await this.ruleTest.explain(body));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a routing rule' })
  @ApiOkResponse({ type: RoutingRuleDto })
  @ApiProblems(400, 404, 422)
  async update(
    @CurrentUser() by: Principal,
    @Param() { id }: IdParam,
    @Body() body: UpdateRoutingRuleDto,
  ): Promise<RoutingRuleDto> {
    return RoutingRuleDto.of(await this.rules.update(by, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a routing rule away' })
  @ApiNoContentResponse()
  @ApiProblems(400, 404)
  async delete(@CurrentUser() by: Principal, @Param() { id }: IdParam): Promise<void> {
    await this.rules.delete(by, id);
  }
}
