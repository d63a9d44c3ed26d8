import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../platform/config/process.config.js';
import { OnEvent } from '../../platform/events/event.js';
import { Drain } from '../../platform/queue/drain.js';
import { Every } from '../../platform/queue/every.js';
import { WorkPump } from '../../platform/queue/work-pump.js';
import { Slots } from '../../platform/slots/slots.js';
import { BotRegistry } from '../bots/bot-registry.js';
import { ClaimsRepository, LEASE_SEC, type Cargo, type ClaimedMessage } from './claims.repository.js';
import { Delivery } from './delivery.js';
import { Observers } from './observers.js';
import { outboxWritten } from './outbox.events.js';
import { OutboxRepository } from './outbox.repository.js';

/** Calls at once in one process. Uploads, of half an hour at times, have their own, so that words never wait for them. */
const CONCURRENCY: Record<Cargo, number> = { words: 24, files: 10 };
/** Of all processes together, as the operator allows. */
const UPLOAD_SLOT = 'telegram_upload';
const IDLE_MS = 500;
const KEEP_DAYS = 14;

/** Sends what the outbox holds. Any number of worker processes may do so side by side. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap {
  private readonly logger = new Logger(Dispatcher.name);
  private readonly claimed = new Set<string>();
  private readonly pumps = [this.pumpOf('words'), this.pumpOf('files')];

  constructor(
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    private readonly registry: BotRegistry,
    private readonly claims: ClaimsRepository,
    private readonly messages: OutboxRepository,
    private readonly delivery: Delivery,
    private readonly observers: Observers,
    private readonly slots: Slots,
    private readonly drain: Drain,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.process.roles.includes('worker')) return;
    for (const pump of this.pumps) pump.start();
    const heartbeat = setInterval(() => void this.keepClaims(), (LEASE_SEC * 1_000) / 3);
    this.drain.add(async () => {
      await Promise.all(this.pumps.map((pump) => pump.stop()));
      clearInterval(heartbeat);
    });
  }

  @OnEvent(outboxWritten)
  wake(): void {
    for (const pump of this.pumps) pump.wake();
  }

  @Every({ name: 'telegram.reconcile-outbox', everyMs: 5_000 })
  async reconcile(): Promise<void> {
    for (const message of await this.claims.abandoned([...this.claimed])) await this.delivery.afterLostSender(message);
    await this.observers.tellMissed();
  }

  @Every({ name: 'telegram.forget-outbox', everyMs: 3_600_000 })
  async forgetOld(): Promise<void> {
    await this.messages.forgetOld(KEEP_DAYS);
  }

  private pumpOf(cargo: Cargo): WorkPump {
    return new WorkPump({
      step: () => this.sendNext(cargo),
      concurrency: CONCURRENCY[cargo],
      idleMs: IDLE_MS,
      onError: (error) => {
        this.logger.error({ err: error }, 'Messages are waiting');
      },
    });
  }

  private async sendNext(cargo: Cargo): Promise<boolean> {
    if (cargo === 'words') return this.claimNext(cargo);
    const release = await this.slots.hold(UPLOAD_SLOT, this.drain.signal).catch((error: unknown) => {
      if (this.drain.signal.aborted) return null;
      throw error;
    });
    if (!release) return false;
    try {
      return await this.claimNext(cargo);
    } finally {
      await release();
    }
  }

  private async claimNext(cargo: Cargo): Promise<boolean> {
    const bots = this.registry.configured().map(({ name }) => name);
    const message = await this.claims.claimNext(bots, cargo);
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
