import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, Matches } from 'class-validator';
import { OneOfFilter, TimeFilter } from '../../../../platform/http-server/filters.js';
import { PLATFORMS, type Platform } from '../../links/media-link.js';
import { WINDOWS, type Window } from './period.js';

class PlatformQuery {
  @OneOfFilter(PLATFORMS)
  platform?: Platform;
}

export class PerformanceQuery extends PlatformQuery {
  @ApiPropertyOptional({
    enum: WINDOWS,
    default: '24h',
    description: 'The last hour, day or week, unless `from` is given',
  })
  @IsIn(WINDOWS)
  window: Window = '24h';

  @TimeFilter('Included')
  from?: Date;

  @TimeFilter('Not included; now, unless given')
  to?: Date;
}

export class DaysQuery extends PlatformQuery {
  @ApiPropertyOptional({ format: 'date', description: 'A day of the operator; 29 days before `to`, unless given' })
  @IsOptional()
  @IsDay()
  from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Included; today, unless given' })
  @IsOptional()
  @IsDay()
  to?: string;
}

function IsDay(): PropertyDecorator {
  return (target, property) => {
    IsISO8601({ strict: true })(target, property);
    Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day, as 2026-11-20' })(target, property);
  };
}
