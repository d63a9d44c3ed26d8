import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { Redis } from '../../../../platform/redis/redis.js';
import { slotKey } from '../../../../platform/slots/slot-lease.js';
import { OperatorCalendar } from '../../../ops/index.js';
import { downloadsConfig, type DownloadsConfig } from '../../downloads.config.js';
import { CircuitOpeningsRepository } from './circuit-openings.repository.js';
import { circuitEffects } from './circuit-policy.js';
import type { Ending } from './ending.js';
import { GateMemory } from './gate-memory.js';
import type { Grant } from './gate-question.js';
import { SETTLE } from './scripts/settle.js';
import { SpendingRepository } from './spending.repository.js';

const MINUTE_MS = 60_000;

/** Takes back what was granted, and tells circuits and budgets how it went. */
@Injectable()
export class Settlement {
  private readonly logger = new Logger(Settlement.name);

  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly memory: GateMemory,
    private readonly openings: CircuitOpeningsRepository,
    private readonly spending: SpendingRepository,
    private readonly redis: Redis,
    private readonly calendar: OperatorCalendar,
    private readonly clock: Clock,
  ) {}

  /** Never rejects. */
  async settle(grant: Grant, ending: Ending): Promise<void> {
    try {
      await this.settleCircuits(grant, ending);
      if (grant.costMicroUsd > 0 || ending.costMicroUsd > 0) await this.writeSpending(grant);
    } catch (error) {
      this.logger.warn({ err: error, attempt: grant.owner }, 'An attempt was not settled');
    }
  }

  private async settleCircuits(grant: Grant, ending: Ending): Promise<void> {
    const { owner, provider, day, probes } = grant;
    const now = this.clock.now();
    const settled = {
      owner,
      slot: slotKey(this.redis, grant.slotKey),
      probes,
      effects: circuitEffects(ending, grant, {
        config: this.config,
        now,
        nextDay: this.calendar.endOf(this.calendar.today()),
      }),
      maxMs: this.config.cooldownMaxMin * MINUTE_MS,
    };
    const more = ending.costMicroUsd - grant.costMicroUsd;
    const money = more === 0 ? undefined : { provider, day, more };
    // What was rebuilt from the rows of attempts has this one in it.
    const changes = await this.memory.ask(SETTLE, { ...settled, money }, settled);
    await this.openings.record(changes, now, owner);
  }

  private async writeSpending({ provider, day }: Grant): Promise<void> {
    await this.spending.write(provider, this.calendar.endOf(day), () => this.memory.spent(provider, day));
  }
}
