import { Inject, Injectable, Logger } from '@nestjs/common';
import { Redis } from '../../platform/redis/redis.js';
import { TokenBuckets, type Bucket } from '../../platform/redis/token-bucket.js';
import { telegramConfig, type TelegramConfig } from '../telegram.config.js';
import type { OutboxMessage } from './outbox-message.entity.js';

const PER_BOT = { perSecond: 30, burst: 30 };
const PER_PERSON = { perSecond: 1, burst: 5 };
/** Twenty in any minute: what the bucket holds, and what flows in meanwhile. */
const PER_GROUP = { perSecond: 15 / 60, burst: 5 };

/** Telegram's limits, kept over all processes: thirty messages a second in all, one in a chat, twenty a minute in a group. */
@Injectable()
export class FloodControl {
  private readonly logger = new Logger(FloodControl.name);

  constructor(
    @Inject(telegramConfig.key) private readonly config: TelegramConfig,
    private readonly redis: Redis,
    private readonly buckets: TokenBuckets,
  ) {}

  /** @returns how many milliseconds the message must wait; 0: it may go, and has been counted. */
  async waitMs(message: OutboxMessage): Promise<number> {
    try {
      const held = await this.redis.client.pTTL(this.holdKey(message.bot, message.chatId));
      return held > 0 ? held : await this.buckets.take(...this.bucketsOf(message));
    } catch (error) {
      this.logger.warn({ err: error }, 'Flood limits are out of reach: sending without them');
      return 0;
    }
  }

  /** Telegram has asked for silence in a chat. */
  async hold(bot: string, chatId: number, ms: number): Promise<void> {
    try {
      await this.redis.client.set(this.holdKey(bot, chatId), '1', { PX: ms });
    } catch (error) {
      this.logger.warn({ err: error }, 'A silence cannot be noted: only the refused message keeps it');
    }
  }

  private holdKey(bot: string, chatId: number): string {
    return this.redis.key('hold', bot, chatId);
  }

  private bucketsOf({ bot, chatId, kind, method }: OutboxMessage): Bucket[] {
    const buckets: Bucket[] = [{ key: `send:${bot}`, ...PER_BOT }];
    // What is taken away is no message.
    if (kind === 'delete') return buckets;
    buckets.push({ key: `send:${bot}:${chatId}`, ...(chatId < 0 ? PER_GROUP : PER_PERSON) });
    // Texts that change by themselves keep a pace; buttons answer a press.
    if (kind === 'edit' && method === 'editMessageText' && this.config.statusEditEverySec > 0) {
      buckets.push({ key: `edit:${bot}:${chatId}`, perSecond: 1 / this.config.statusEditEverySec, burst: 1 });
    }
    return buckets;
  }
}
