import type { Clock } from '../../platform/clock/clock.js';

/** Allows `burst` at once and `perSecond` in the long run. */
interface Rate {
  perSecond: number;
  burst: number;
}

const PER_CHAT: Rate = { perSecond: 1, burst: 4 };
const PER_GROUP: Rate = { perSecond: 20 / 60, burst: 20 };
const PER_BOT: Rate = { perSecond: 30, burst: 30 };

/** Telegram's published limits for what a bot writes; only in force when the settings say so. */
export class FloodLimits {
  /** By chat or bot: the instant, in milliseconds, when its bucket is full again. */
  private readonly fullAt = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** Counts one message; gives the seconds to wait when it is one too many. */
  hit(botId: number, chatId: number): number | null {
    const buckets = [
      { key: `${botId}:${chatId}`, rate: chatId < 0 ? PER_GROUP : PER_CHAT },
      { key: String(botId), rate: PER_BOT },
    ];
    const now = this.clock.now().getTime();
    const waits = buckets.map(({ key, rate }) => this.waitMs(key, rate, now));
    const longest = Math.max(...waits);
    if (longest > 0) return Math.ceil(longest / 1000);
    for (const { key, rate } of buckets) {
      this.fullAt.set(key, Math.max(this.fullAt.get(key) ?? now, now) + 1000 / rate.perSecond);
    }
    return null;
  }

  private waitMs(key: string, { perSecond, burst }: Rate, now: number): number {
    const owed = Math.max((this.fullAt.get(key) ?? now) - now, 0);
    return Math.max(owed - ((burst - 1) * 1000) / perSecond, 0);
  }
}
