import type { Clock } from '../../../platform/clock/clock.js';
import type { AdjustableQuota, QuotaView } from '../stand-in.js';

const USUAL_LIMIT = 20;
export const WINDOW_SEC = 60;

/** So many calls in a minute that begins with the first of them, for all callers together. */
export class RateWindow implements AdjustableQuota {
  private limit = USUAL_LIMIT;
  private used = 0;
  private endsAt = 0;

  constructor(private readonly clock: Clock) {}

  /** Counts a call; false when it is one too many. */
  hit(): boolean {
    const now = this.clock.now().getTime();
    if (now >= this.endsAt) {
      this.used = 0;
      this.endsAt = now + WINDOW_SEC * 1000;
    }
    this.used += 1;
    return this.used <= this.limit;
  }

  get view(): QuotaView {
    const isOver = this.clock.now().getTime() >= this.endsAt;
    return { limit: this.limit, remaining: isOver ? this.limit : Math.max(this.limit - this.used, 0) };
  }

  /** Begins a new minute. */
  set({ limit, remaining }: Partial<QuotaView>): void {
    const left = remaining ?? this.view.remaining;
    this.limit = limit ?? this.limit;
    this.used = this.limit - left;
    this.endsAt = this.clock.now().getTime() + WINDOW_SEC * 1000;
  }

  /** As in the sixth draft of the RateLimit headers. */
  headers(): Record<string, string> {
    return {
      'RateLimit-Policy': `${this.limit};w=${WINDOW_SEC}`,
      'RateLimit-Limit': String(this.limit),
      'RateLimit-Remaining': String(this.view.remaining),
      'RateLimit-Reset': String(this.resetSec),
    };
  }

  get resetSec(): number {
    return Math.max(Math.ceil((this.endsAt - this.clock.now().getTime()) / 1000), 0);
  }

  reset(): void {
    this.limit = USUAL_LIMIT;
    this.used = 0;
    this.endsAt = 0;
  }
}
