import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../platform/config/process.config.js';
import { OnEvent } from '../../platform/events/event.js';
import { Every } from '../../platform/queue/every.js';
import { WorkPump } from '../../platform/queue/work-pump.js';
import { BotRegistry } from '../bots/bot-registry.js';
import { ClaimsRepository, LEASE_SEC, type ClaimedMessage } from './claims.repository.js';
import { Delivery } from './delivery.js';
import { Observers } from './observers.js';
import { outboxWritten } from './outbox.events.js';
import { OutboxRepository } from './outbox.repository.js';

const CONCURRENCY = 24;
const IDLE_MS = 500;
const KEEP_DAYS = 14;

/** Sends what the outbox holds. Any number of worker processes may do so side by side. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Dispatcher.name);
  private readonly claimed = new Set<string>();
  private heartbeat: NodeJS.Timeout | undefined;
  private readonly pump = new WorkPump({
    step: () => this.sendNext(),
    concurrency: CONCURRENCY,
    idleMs: IDLE_MS,
    onError: (error) => {
      this.logger.error({ err: error }, 'Messages are waiting');
    },
  });

  constructor(
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    private readonly registry: BotRegistry,
    private readonly claims: ClaimsRepository,
    private readonly messages: OutboxRepository,
    private readonly delivery: Delivery,
    private readonly observers: Observers,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.process.roles.includes('worker')) return;
    this.pump.start();
    this.heartbeat = setInterval(
      () => {
        void this.keepClaims();
      },
      (LEASE_SEC * 1_000) / 3,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.pump.stop();
    clearInterval(this.heartbeat);
  }

  @OnEvent(outboxWritten)
  wake(): void {
    this.pump.wake();
  }

  @Every({ name: 'telegram.reconcile-outbox', everyMs: 5_000 })
  async reconcile(): Promise<void> {
    for (const message of await this.claims.abandoned()) await this.delivery.afterLostSender(message);
    while (await this.observers.tell());
  }

  @Every({ name: 'telegram.forget-outbox', everyMs: 3_600_000 })
  async forgetOld(): Promise<void> {
    await this.messages.forgetOld(KEEP_DAYS);
  }

  private async sendNext(): Promise<boolean> {
    const bots = this.registry.configured().map(({ name }) => name);
    const message = await this.claims.claimNext(bots);
    if (!message) return false;
    await this.deliver(message);
    if (message.topic !== null) await this.observers.tell(message.id);
    return true;
  }

  private async deliver(message: ClaimedMessage): Promise<void> {
    this.claimed.add(message.claim);
    try {
      await this.delivery.deliver(message);
    } finally {
      this.claimed.delete(message.claim);
    }
  }

  private async keepClaims(): Promise<void> {
    if (this.claimed.size === 0) return;
    try {
      await this.claims.keepAlive([...this.claimed]);
    } catch (error) {
      this.logger.warn({ err: error }, 'Could not say that messages are being sent');
    }
  }
}
