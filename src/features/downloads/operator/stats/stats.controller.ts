import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { ActivityDto, PlatformSharesDto } from './activity.dto.js';
import { CostsDto } from './costs.dto.js';
import { PerformanceDto } from './performance.dto.js';
import { DaysQuery, PerformanceQuery } from './stats.query.js';
import { StatsService } from './stats.service.js';

@ApiTags('stats')
@Controller('stats')
@RequireRole('admin')
@ApiProblems(400, 422)
export class StatsController {
  constructor(private readonly stats: StatsService) {}

  @Get('performance')
  @ApiOperation({ summary: 'How well and how fast providers work' })
  @ApiOkResponse({ type: PerformanceDto })
  performance(@Query() query: PerformanceQuery): Promise<PerformanceDto> {
    return this.stats.performance(query);
  }

  @Get('activity')
  @ApiOperation({ summary: 'Requests by day' })
  @ApiOkResponse({ type: ActivityDto })
  activity(@Query() query: DaysQuery): Promise<ActivityDto> {
    return this.stats.activity(query);
  }

  @Get('platforms')
  @ApiOperation({ summary: 'Which platforms are asked for' })
  @ApiOkResponse({ type: PlatformSharesDto })
  platforms(@Query() query: DaysQuery): Promise<PlatformSharesDto> {
    return this.stats.platforms(query);
  }

  @Get('costs')
  @ApiOperation({ summary: 'What paid providers have cost' })
  @ApiOkResponse({ type: CostsDto })
  costs(@Query() query: DaysQuery): Promise<CostsDto> {
    return this.stats.costs(query);
  }
}
