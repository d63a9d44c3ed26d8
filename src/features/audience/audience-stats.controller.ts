import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../platform/auth/access.js';
import { Clock } from '../../platform/clock/clock.js';
import { AudienceStatsDto } from './audience-stats.dto.js';
import { AudienceStatsRepository } from './audience-stats.repository.js';

@ApiTags('stats')
@Controller('stats')
@RequireRole('admin')
export class AudienceStatsController {
  constructor(
    private readonly stats: AudienceStatsRepository,
    private readonly clock: Clock,
  ) {}

  @Get('users')
  @ApiOperation({ summary: 'How many people use the bots' })
  @ApiOkResponse({ type: AudienceStatsDto })
  users(): Promise<AudienceStatsDto> {
    return this.stats.count(this.clock.now());
  }
}
