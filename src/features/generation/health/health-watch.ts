import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Every } from '../../../platform/queue/every.js';
import { Alerts, type AlertDefinition } from '../../ops/index.js';
import { configFailures, failureRate as failureRateAlert, queueOld } from '../alerts.js';
import { endedIn, failureRate } from './failure-rate.js';
import { HealthRepository } from './health.repository.js';

const MINUTE_MS = 60_000;
const OLD_MS = 10 * MINUTE_MS;
const FAILING_ABOVE = 0.3;
/** Fewer prove nothing. */
const FAILING_FROM_JOBS = 20;

/** Tells the operator when videos wait too long, too many of them fail, or one for a fault of ours; and when that is over. */
@Injectable()
export class HealthWatch {
  constructor(
    private readonly health: HealthRepository,
    private readonly alerts: Alerts,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Every({ name: 'generation.health', everyMs: 30_000 })
  async look(): Promise<void> {
    const now = this.clock.now();
    const [waiting, outcomes] = await Promise.all([
      this.health.waiting(new Date(now.getTime() - OLD_MS)),
      this.health.outcomes(now),
    ]);
    const minutes = Math.floor((now.getTime() - (waiting.oldestSince ?? now).getTime()) / MINUTE_MS);
    const ended = endedIn('lastHour', outcomes);
    const jobs = ended.delivered + ended.failed;
    const rate = failureRate(ended) ?? 0;
    const misconfigured = outcomes.find(({ errorClass }) => errorClass === 'CONFIG')?.lastHour ?? 0;
    const isFailing = jobs >= FAILING_FROM_JOBS && rate > FAILING_ABOVE;
    await this.database.transaction(async () => {
      await this.sound(queueOld, 'queue', waiting.jobs > 0 ? { minutes, jobs: waiting.jobs } : null);
      await this.sound(configFailures, 'kie', misconfigured > 0 ? { jobs: misconfigured } : null);
      await this.sound(failureRateAlert, 'jobs', isFailing ? { failureRate: Math.round(rate * 100), jobs } : null);
    });
  }

  /** What is well is said each time, too: whoever looked before may have been another process. */
  private async sound(alert: AlertDefinition, subject: string, params: Record<string, number> | null): Promise<void> {
    if (params) await this.alerts.raise(alert, { subject, params });
    else await this.alerts.resolve(alert, subject);
  }
}
