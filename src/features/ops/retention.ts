import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { deleteInBatches } from '../../platform/database/delete-in-batches.js';
import { Every } from '../../platform/queue/every.js';
import { KEEP_ERRORS_DAYS, opsConfig, type OpsConfig } from './ops.config.js';

const DAY_MS = 86_400_000;

/** Forgets what is over and old. Open alerts and the audit log stay. */
@Injectable()
export class Retention {
  constructor(
    @Inject(opsConfig.key) private readonly config: OpsConfig,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Every({ name: 'ops.forget-alerts', everyMs: 3_600_000 })
  async forgetAlerts(): Promise<void> {
    const parameters = [this.daysAgo(this.config.keepAlertsDays)];
    await deleteInBatches(this.database, { from: 'alerts', where: 'resolved_at < $1', parameters });
  }

  @Every({ name: 'ops.forget-errors', everyMs: 3_600_000 })
  async forgetErrors(): Promise<void> {
    const parameters = [this.daysAgo(KEEP_ERRORS_DAYS)];
    await deleteInBatches(this.database, { from: 'errors', where: 'at < $1', parameters });
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY_MS);
  }
}
