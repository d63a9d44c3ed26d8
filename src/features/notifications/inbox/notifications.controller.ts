import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../../platform/auth/access.js';
import { CurrentUser } from '../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { IdParam } from '../../../platform/http-server/id-param.js';
import { pageFrom, type Page } from '../../../platform/http-server/paging.js';
import { InboxService } from './inbox.service.js';
import {
  NotificationDto,
  NotificationPageDto,
  NotificationsQuery,
  ReadCountDto,
  UnreadCountDto,
} from './notifications.dto.js';

@ApiTags('notifications')
@Controller('notifications')
@Authenticated()
export class NotificationsController {
  constructor(private readonly inbox: InboxService) {}

  @Get()
  @ApiOperation({ summary: 'What the caller was told in the last 90 days, the newest first' })
  @ApiOkResponse({ type: NotificationPageDto })
  @ApiProblems(400)
  async list(
    @CurrentUser() { id: owner }: Principal,
    @Query() query: NotificationsQuery,
  ): Promise<Page<NotificationDto>> {
    return pageFrom(query, await this.inbox.page(owner, query), (notification) => NotificationDto.of(notification));
  }

  @Get('unread')
  @ApiOperation({ summary: 'How many the caller has not read' })
  @ApiOkResponse({ type: UnreadCountDto })
  async unread(@CurrentUser() { id: owner }: Principal): Promise<UnreadCountDto> {
    return { count: await this.inbox.unread(owner) };
  }

  @Post('read-all')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark all as read' })
  @ApiOkResponse({ type: ReadCountDto })
  async readAll(@CurrentUser() { id: owner }: Principal): Promise<ReadCountDto> {
    return { updated: await this.inbox.markAllRead(owner) };
  }

  @Post(':id/read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark one as read; one that was read stays so' })
  @ApiOkResponse({ type: NotificationDto })
  @ApiProblems(400, 404)
  async read(@CurrentUser() { id: owner }: Principal, @Param() { id }: IdParam): Promise<NotificationDto> {
    return NotificationDto.of(await this.inbox.markRead(owner, id));
  }
}
