import { Controller, Get, Req, Sse, type MessageEvent } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { RequireRole } from '../../../../platform/auth/access.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { EventStreams } from '../../../../platform/http-server/event-stream.js';
import { DashboardDto } from './dashboard.dto.js';
import { DashboardFeed } from './dashboard-feed.js';
import { DashboardService } from './dashboard.service.js';
import { dashboardAt } from './snapshot.js';

@ApiTags('ops')
@Controller('ops/dashboard')
@RequireRole('admin')
export class DashboardController {
  constructor(
    private readonly dashboard: DashboardService,
    private readonly feed: DashboardFeed,
    private readonly streams: EventStreams,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How downloads are doing' })
  @ApiOkResponse({ type: DashboardDto })
  async get(): Promise<DashboardDto> {
    return dashboardAt(this.clock.now(), await this.dashboard.read());
  }

  @Sse('events')
  @ApiOperation({ summary: 'The same at once, and again whenever something has changed; every 15 s a comment' })
  @ApiExtraModels(DashboardDto)
  @ApiOkResponse({
    description: 'Server-sent events whose data is a dashboard',
    content: { 'text/event-stream': { schema: { $ref: getSchemaPath(DashboardDto) } } },
  })
  events(@Req() request: Request): Observable<MessageEvent> {
    return this.streams.open(request, this.feed.watch());
  }
}
