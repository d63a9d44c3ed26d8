import { Logger } from '@nestjs/common';
import { TelegramError } from 'telegraf';
import type { Clock } from '../../platform/clock/clock.js';
import type { Lease } from '../../platform/redis/lease.js';
import { abortedBy } from '../bots/aborted-by.js';
import { introduce } from '../bots/introduce.js';
import type { Bot } from '../bots/bot-registry.js';
import { publishCommands } from '../bots/commands.js';
import type { BotStatus } from '../bots/bot-status.js';
import type { Intake } from './intake.js';
import { ALLOWED_UPDATES } from './update-facts.js';

const POLL_SEC = 25;
/** After this a connection is dead that brings neither updates nor the word that there are none. */
const POLL_TIMEOUT_MS = (POLL_SEC + 10) * 1_000;
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
  private offset = 0;
  private mayPoll = false;

  constructor(private readonly parts: PollerParts) {}

  /** Until it is told to stop. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const pauseMs = await this.turn(signal);
      if (pauseMs > 0) await this.parts.clock.delay(pauseMs, signal).catch(() => undefined);
    }
    await this.parts.lease.release();
  }

  /** @returns how long to wait before the next turn */
  private async turn(signal: AbortSignal): Promise<number> {
    const { bot, status, lease } = this.parts;
    try {
      // Also in a process that only handles the updates which another one polls.
      await introduce(bot);
      if (!(await lease.hold())) {
        status.report(bot.name, { status: 'ok', reason: 'Another process polls' });
        return NOT_MINE_MS;
      }
      await this.prepare();
      status.report(bot.name, { status: 'ok' });
      await this.poll(signal);
      return 0;
    } catch (error) {
      if (signal.aborted) return 0;
      if (isWebhookSet(error)) this.mayPoll = false;
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
    await telegraf.telegram.deleteWebhook();
    await publishCommands(this.parts.bot);
    this.mayPoll = true;
  }

  private async poll(signal: AbortSignal): Promise<void> {
    const { bot, intake } = this.parts;
    const params = { offset: this.offset, timeout: POLL_SEC, limit: BATCH, allowed_updates: ALLOWED_UPDATES };
    const stop = AbortSignal.any([signal, AbortSignal.timeout(POLL_TIMEOUT_MS)]);
    const updates = await bot.telegraf.telegram.callApi('getUpdates', params, abortedBy(stop));
    await intake.accept(bot.name, updates);
    const last = updates.at(-1);
    if (last) this.offset = last.update_id + 1;
  }
}

/** Somebody else has set a webhook since. */
function isWebhookSet(error: unknown): boolean {
  return error instanceof TelegramError && error.code === 409 && /webhook/i.test(error.description);
}

function retryMs(error: unknown): number {
  if (!(error instanceof TelegramError)) return RETRY_MS;
  return (error.parameters?.retry_after ?? 0) * 1_000 || RETRY_MS;
}
