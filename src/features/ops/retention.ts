import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Every } from '../../platform/queue/every.js';
import { AlertsRepository } from './alerts/alerts.repository.js';
import { ErrorsRepository } from './errors/errors.repository.js';
import { inBatches } from './query/in-batches.js';
import { KEEP_ERRORS_DAYS, opsConfig, type OpsConfig } from './ops.config.js';

const DAY_MS = 86_400_000;

/** Forgets what is over and old. Open alerts and the audit log stay. */
@Injectable()
export class Retention {
  constructor(
    @Inject(opsConfig.key) private readonly config: OpsConfig,
    private readonly alerts: AlertsRepository,
    private readonly errors: ErrorsRepository,
    private readonly clock: Clock,
  ) {}

  @Every({ name: 'ops.forget-alerts', everyMs: 3_600_000 })
  async forgetAlerts(): Promise<void> {
    const before = this.daysAgo(this.config.keepAlertsDays);
    await inBatches((limit) => this.alerts.forgetResolved(before, limit));
  }

  @Every({ name: 'ops.forget-errors', everyMs: 3_600_000 })
  async forgetErrors(): Promise<void> {
    const before = this.daysAgo(KEEP_ERRORS_DAYS);
    await inBatches((limit) => this.errors.forget(before, limit));
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
