import { Inject, Injectable } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../platform/config/process.config.js';
import { ReportsHealth, type HealthPart, type PartState } from '../../platform/health/health-part.js';
import { BotRegistry, type Bot } from './bot-registry.js';
import { BotStatus } from './bot-status.js';

/** Whether every bot has a token, and gets its updates. */
@Injectable()
@ReportsHealth()
export class BotsHealth implements HealthPart {
  readonly name = 'bots';

  constructor(
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    private readonly registry: BotRegistry,
    private readonly status: BotStatus,
  ) {}

  check(): Promise<PartState> {
    const states = this.registry.all().map((bot) => ({ name: bot.name, ...this.stateOf(bot) }));
    const troubled = states.filter(({ status }) => status !== 'ok');
    if (troubled.length === 0) return Promise.resolve({ status: 'ok' });
    const reason = troubled.map(({ name, reason: why }) => `${name}: ${why ?? ''}`).join('; ');
    const status = troubled.every(({ status: one }) => one === 'unavailable') ? 'unavailable' : 'degraded';
    return Promise.resolve({ status, reason });
  }

  private stateOf({ name, token }: Bot): PartState {
    if (token === undefined) return { status: 'unavailable', reason: 'no token is set' };
    if (this.status.trouble !== null) return { status: 'degraded', reason: this.status.trouble };
    if (!this.process.roles.includes('bots')) return { status: 'ok' };
    return this.status.of(name) ?? { status: 'degraded', reason: 'is starting' };
  }
}
