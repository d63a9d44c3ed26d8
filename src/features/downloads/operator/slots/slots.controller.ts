import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { SlotLimitsDto, SlotsDto } from './slot.dto.js';
import { SlotLimits } from './slot-limits.js';

@ApiTags('slots')
@Controller('slots')
@RequireRole('admin')
export class SlotsController {
  constructor(private readonly limits: SlotLimits) {}

  @Get()
  @ApiOperation({ summary: 'How many may do a thing at once, and how many do' })
  @ApiOkResponse({ type: SlotsDto })
  async list(): Promise<SlotsDto> {
    return { items: await this.limits.list() };
  }

  @Put()
  @ApiOperation({ summary: 'Set the limits of slots' })
  @ApiOkResponse({ type: SlotsDto })
  @ApiProblems(400)
  async update(@CurrentUser() by: Principal, @Body() { items }: SlotLimitsDto): Promise<SlotsDto> {
    await this.limits.set(by, items);
    return { items: await this.limits.list() };
  }
}
