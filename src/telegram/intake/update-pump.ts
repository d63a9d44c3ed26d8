import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { TypeORMError } from 'typeorm';
import { processConfig, type ProcessConfig } from '../../platform/config/process.config.js';
import { Database } from '../../platform/database/database.js';
import { isDatabaseAway } from '../../platform/database/is-database-away.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Drain } from '../../platform/queue/drain.js';
import { Every } from '../../platform/queue/every.js';
import { WorkPump } from '../../platform/queue/work-pump.js';
import { BotRegistry } from '../bots/bot-registry.js';
import { SessionsAway } from '../bots/sessions.js';
import type { TelegramUpdate } from './telegram-update.entity.js';
import { TryLater } from './try-later.js';
import { UpdateHandler } from './update-handler.js';
import { UpdatesRepository } from './updates.repository.js';

const CONCURRENCY = 6;
const IDLE_MS = 1_000;
const ATTEMPTS = 3;
const RETRY_SEC = 2;

/**
 * Hands stored updates to the bots, those of one chat in their order. An update and everything its handler writes
 * (rows, outbox messages, jobs) are committed together: killed in between, it simply has not happened yet.
 */
@Injectable()
export class UpdatePump implements OnApplicationBootstrap {
  private readonly logger = new Logger(UpdatePump.name);
  private readonly pump = new WorkPump({
    step: () => this.handleNext(),
    concurrency: CONCURRENCY,
    idleMs: IDLE_MS,
    onError: (error) => {
      this.logger.error({ err: error }, 'Updates are waiting');
    },
  });

  constructor(
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    private readonly database: Database,
    private readonly updates: UpdatesRepository,
    private readonly handler: UpdateHandler,
    private readonly registry: BotRegistry,
    private readonly drain: Drain,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.process.roles.includes('bots')) return;
    this.pump.start();
    this.drain.add(() => this.pump.stop());
  }

  wake(): void {
    this.pump.wake();
  }

  @Every({ name: 'telegram.forget-updates', everyMs: 3_600_000 })
  async forgetOld(): Promise<void> {
    await this.updates.forgetOld();
  }

  private async handleNext(): Promise<boolean> {
    const bots = this.registry.introduced().map(({ name }) => name);
    if (bots.length === 0) return false;
    const attempt: { update?: TelegramUpdate } = {};
    try {
      return await this.database.transaction(async () => {
        const update = await this.updates.lockNext(bots);
        if (!update) return false;
        attempt.update = update;
        await this.handler.handle(update.bot, update.payload);
        await this.updates.finish(update, 'done');
        return true;
      });
    } catch (error) {
      if (!attempt.update) throw error;
      await this.failed(attempt.update, error);
      return true;
    }
  }

  private async failed(update: TelegramUpdate, error: unknown): Promise<void> {
    if (error instanceof TryLater) {
      await this.updates.postpone(update, error.seconds, { countsAsAttempt: false });
      return;
    }
    if (isOutage(error)) {
      this.logger.warn({ err: error, bot: update.bot, updateId: update.updateId }, 'An update waits for the stores');
      await this.updates.postpone(update, RETRY_SEC, { countsAsAttempt: false });
      return;
    }
    const expected = error instanceof DomainError && error.kind !== 'internal';
    if (!expected) this.logger.error({ err: error, bot: update.bot, updateId: update.updateId }, 'An update failed');
    if (!expected && update.attempts + 1 < ATTEMPTS) {
      await this.updates.postpone(update, RETRY_SEC, { countsAsAttempt: true });
      return;
    }
    await this.database.transaction(async () => {
      await this.handler.apologise(update.bot, update.payload, error);
      await this.updates.finish(update, expected ? 'done' : 'failed');
    });
  }
}

/** No fault of the update. Whatever else a handler may call has codes of the network, too: only queries count. */
function isOutage(error: unknown): boolean {
  return error instanceof SessionsAway || (error instanceof TypeORMError && isDatabaseAway(error));
}
