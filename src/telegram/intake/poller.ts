import { Logger } from '@nestjs/common';
import { TelegramError } from 'telegraf';
import type { Clock } from '../../platform/clock/clock.js';
import type { Lease } from '../../platform/redis/lease.js';
import type { Bot } from '../bots/bot-registry.js';
import { publishCommands } from '../bots/commands.js';
import type { BotStatus } from '../bots/bot-status.js';
import type { Intake } from './intake.js';
import { ALLOWED_UPDATES } from './update-facts.js';

const POLL_SEC = 25;
const BATCH = 100;
const RETRY_MS = 3_000;
const NOT_MINE_MS = 1_000;

interface PollerParts {
  bot: Bot;
  lease: Lease;
  intake: Intake;
  status: BotStatus;
  clock: Clock;
}

/** Asks Telegram for the updates of one bot, in one process at a time. An update is confirmed only after it is stored. */
export class Poller {
  private readonly logger = new Logger(Poller.name);
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private offset = 0;
  private mayPoll = false;

  constructor(private readonly parts: PollerParts) {}

  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('This process is stopping'));
    await this.loop;
    await this.parts.lease.release();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const pauseMs = await this.turn();
      if (pauseMs > 0) await this.parts.clock.delay(pauseMs, signal).catch(() => undefined);
    }
  }

  /** @returns how long to wait before the next turn */
  private async turn(): Promise<number> {
    const { bot, status, lease } = this.parts;
    try {
      if (!(await lease.hold())) {
        status.report(bot.name, { status: 'ok', reason: 'Another process polls' });
        return NOT_MINE_MS;
      }
      await this.prepare();
      status.report(bot.name, { status: 'ok' });
      await this.poll();
      return 0;
    } catch (error) {
      if (this.stopping.signal.aborted) return 0;
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.warn({ bot: bot.name, reason }, 'Polling is interrupted');
      status.report(bot.name, { status: 'degraded', reason });
      return retryMs(error);
    }
  }

  /** Updates cannot be polled while a webhook is set. */
  private async prepare(): Promise<void> {
    if (this.mayPoll) return;
    const { telegraf } = this.parts.bot;
    telegraf.botInfo ??= await telegraf.telegram.getMe();
    await telegraf.telegram.deleteWebhook();
    await publishCommands(this.parts.bot);
    this.mayPoll = true;
  }

  private async poll(): Promise<void> {
    const { bot, intake } = this.parts;
    const params = { offset: this.offset, timeout: POLL_SEC, limit: BATCH, allowed_updates: ALLOWED_UPDATES };
    const updates = await bot.telegraf.telegram.callApi('getUpdates', params, {
      signal: this.stopping.signal as never,
    });
    await intake.accept(bot.name, updates);
    const last = updates.at(-1);
    if (last) this.offset = last.update_id + 1;
  }
}

function retryMs(error: unknown): number {
  if (!(error instanceof TelegramError)) return RETRY_MS;
  return (error.parameters?.retry_after ?? 0) * 1_000 || RETRY_MS;
}
