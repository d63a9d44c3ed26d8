import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { OperatorCalendar } from '../../../ops/index.js';
import { familyOf } from '../../routing/family.js';
import type { ActivityDto, PlatformSharesDto } from './activity.dto.js';
import { ActivityRepository } from './activity.repository.js';
import type { CostsDto } from './costs.dto.js';
import { CostsRepository } from './costs.repository.js';
import type { PerformanceDto } from './performance.dto.js';
import { PerformanceRepository } from './performance.repository.js';
import { costsFrom, performanceFrom } from './reports.js';
import { daysOf, monthOf, periodOf } from './period.js';
import type { DaysQuery, PerformanceQuery } from './stats.query.js';

/** What the operator is shown of downloads that are over. */
@Injectable()
export class StatsService {
  constructor(
    private readonly performances: PerformanceRepository,
    private readonly activities: ActivityRepository,
    private readonly costsOf: CostsRepository,
    private readonly calendar: OperatorCalendar,
    private readonly clock: Clock,
  ) {}

  async performance({ platform, ...asked }: PerformanceQuery): Promise<PerformanceDto> {
    const now = this.clock.now();
    const period = periodOf(asked, now);
    const [figures, fallback, circuits] = await Promise.all([
      this.performances.figures(period, platform ?? null),
      this.performances.fallback(period, platform ?? null),
      this.performances.openCircuits(period, now),
    ]);
    const family = platform && familyOf(platform);
    const openCircuits = circuits.filter((open) => !family || open.platform === null || open.platform === family);
    return performanceFrom(period, { figures, fallback, openCircuits });
  }

  async activity({ platform, ...asked }: DaysQuery): Promise<ActivityDto> {
    return { days: await this.activities.byDay(daysOf(asked, this.calendar), platform ?? null) };
  }

  async platforms(asked: DaysQuery): Promise<PlatformSharesDto> {
    return { platforms: await this.activities.byPlatform(daysOf(asked, this.calendar)) };
  }

  async costs({ platform, ...asked }: DaysQuery): Promise<CostsDto> {
    const [rows, month] = await Promise.all([
      this.costsOf.costs(daysOf(asked, this.calendar), platform ?? null),
      this.costsOf.spent(monthOf(this.calendar.today(), this.calendar), platform ?? null),
    ]);
    return costsFrom(rows, month);
  }
}
