import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../platform/auth/access.js';
import { CurrentUser } from '../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { ApiProblems } from '../../platform/errors/api-problems.js';
import { IdParam } from '../../platform/http-server/id-param.js';
import type { Page } from '../../platform/http-server/paging.js';
import { BotUserDto, BotUserPageDto, BotUserProfileDto, BotUsersQuery } from './bot-users.dto.js';
import { BotUsersService } from './bot-users.service.js';

@ApiTags('bot users')
@Controller('bot-users')
@RequireRole('admin')
export class BotUsersController {
  constructor(private readonly users: BotUsersService) {}

  @Get()
  @ApiOperation({ summary: 'People in the bots' })
  @ApiOkResponse({ type: BotUserPageDto })
  @ApiProblems(400)
  list(@Query() query: BotUsersQuery): Promise<Page<BotUserDto>> {
    return this.users.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'A person with what he has asked for' })
  @ApiOkResponse({ type: BotUserProfileDto })
  @ApiProblems(400, 404)
  get(@Param() { id }: IdParam): Promise<BotUserProfileDto> {
    return this.users.profile(id);
  }

  @Post(':id/block')
  @HttpCode(200)
  @ApiOperation({ summary: 'Answer a person no more' })
  @ApiOkResponse({ type: BotUserDto })
  @ApiProblems(400, 404)
  block(@Param() { id }: IdParam, @CurrentUser() by: Principal): Promise<BotUserDto> {
    return this.users.block(id, by);
  }

  @Post(':id/unblock')
  @HttpCode(200)
  @ApiOperation({ summary: 'Answer a person again' })
  @ApiOkResponse({ type: BotUserDto })
  @ApiProblems(400, 404)
  unblock(@Param() { id }: IdParam, @CurrentUser() by: Principal): Promise<BotUserDto> {
    return this.users.unblock(id, by);
  }
}
