import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { pageFrom, pageOf, pageWindow, type Page } from '../../../../platform/http-server/paging.js';
import { CircuitDto, CircuitParam, CircuitsQuery, ClosedCircuitDto, ExtendCircuitDto } from './circuit.dto.js';
import { OpenCircuits } from './open-circuits.js';

@ApiTags('circuits')
@Controller('circuits')
@RequireRole('admin')
export class CircuitsController {
  constructor(private readonly circuits: OpenCircuits) {}

  @Get()
  @ApiOperation({ summary: 'Ways that are not taken at the moment, because they have failed' })
  @ApiOkResponse({ type: pageOf(CircuitDto) })
  @ApiProblems(400)
  async list(@Query() query: CircuitsQuery): Promise<Page<CircuitDto>> {
    return pageFrom(query, await this.circuits.page(pageWindow(query)), (circuit) => CircuitDto.of(circuit));
  }

  @Post(':key/close')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let requests through again' })
  @ApiOkResponse({ type: ClosedCircuitDto })
  @ApiProblems(400, 404)
  async close(@CurrentUser() by: Principal, @Param() { key }: CircuitParam): Promise<ClosedCircuitDto> {
    await this.circuits.close(by, key);
    return { key, state: 'closed' };
  }

  @Post(':key/extend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let no request through for some minutes more' })
  @ApiOkResponse({ type: CircuitDto })
  @ApiProblems(400, 404)
  async extend(
    @CurrentUser() by: Principal,
    @Param() { key }: CircuitParam,
    @Body() { minutes }: ExtendCircuitDto,
  ): Promise<CircuitDto> {
    return CircuitDto.of(await this.circuits.extend(by, key, minutes));
  }
}
