import { Injectable } from '@nestjs/common';
import { Every } from '../../../platform/queue/every.js';
import { KeyAlerts } from './key-alerts.js';
import { KeyHealth } from './key-health.js';

/** Time heals most keys: somebody has to notice. */
@Injectable()
export class KeyWatch {
  constructor(
    private readonly health: KeyHealth,
    private readonly alerts: KeyAlerts,
  ) {}

  @Every({ name: 'generation.watch-keys', everyMs: 60_000 })
  async look(): Promise<void> {
    await this.health.settle();
    await this.alerts.check();
  }
}
