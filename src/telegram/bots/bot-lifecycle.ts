import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { processConfig, type ProcessConfig } from '../../platform/config/process.config.js';
import { Drain } from '../../platform/queue/drain.js';
import { Lease } from '../../platform/redis/lease.js';
import { Redis } from '../../platform/redis/redis.js';
import { Intake } from '../intake/intake.js';
import { Poller } from '../intake/poller.js';
import { Webhooks } from '../intake/webhooks.js';
import { telegramConfig, type TelegramConfig } from '../telegram.config.js';
import { BotRegistry, type Bot } from './bot-registry.js';
import { BotStatus } from './bot-status.js';

const POLLER_LEASE_MS = 5_000;
const RETRY_MS = 5_000;

/** Starts and ends the coming-in of updates, once the whole service stands. A bot that cannot start keeps trying. */
@Injectable()
export class BotLifecycle implements OnApplicationBootstrap {
  private readonly logger = new Logger(BotLifecycle.name);

  constructor(
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    @Inject(telegramConfig.key) private readonly config: TelegramConfig,
    private readonly registry: BotRegistry,
    private readonly status: BotStatus,
    private readonly intake: Intake,
    private readonly webhooks: Webhooks,
    private readonly redis: Redis,
    private readonly clock: Clock,
    private readonly drain: Drain,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.process.roles.includes('bots')) return;
    const bots = this.registry.configured();
    const running = bots.map((bot) => (this.config.mode === 'webhook' ? this.register(bot) : this.poll(bot)));
    this.drain.add(() => Promise.all(running));
  }

  private poll(bot: Bot): Promise<void> {
    const lease = new Lease(this.redis, `poll:${bot.name}`, POLLER_LEASE_MS);
    const { intake, status, clock } = this;
    return new Poller({ bot, lease, intake, status, clock }).run(this.drain.signal);
  }

  private async register(bot: Bot): Promise<void> {
    const { signal } = this.drain;
    while (!signal.aborted) {
      try {
        await this.webhooks.register(bot);
        this.status.report(bot.name, { status: 'ok' });
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.logger.warn({ bot: bot.name, reason }, 'The webhook could not be set, trying again');
        this.status.report(bot.name, { status: 'degraded', reason });
        await this.clock.delay(RETRY_MS, signal).catch(() => undefined);
      }
    }
  }
}
