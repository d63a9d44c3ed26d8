import type { Clock } from '../../../platform/clock/clock.js';
import type { AdjustableQuota, QuotaView } from '../stand-in.js';

/** Units of a calendar month (UTC). */
export class Quota implements AdjustableQuota {
  private limit: number;
  private used = 0;
  private month: string;

  constructor(
    private readonly usualLimit: number,
    private readonly clock: Clock,
  ) {
    this.limit = usualLimit;
    this.month = this.thisMonth();
  }

  get view(): QuotaView {
    if (this.month !== this.thisMonth()) {
      this.month = this.thisMonth();
      this.used = 0;
    }
    return { limit: this.limit, remaining: Math.max(this.limit - this.used, 0) };
  }

  /** Seconds until it is full again. */
  get resetSec(): number {
    const now = this.clock.now();
    const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
    return Math.ceil((next - now.getTime()) / 1000);
  }

  spend(units: number): void {
    this.set({ remaining: this.view.remaining - units });
  }

  set({ limit, remaining }: Partial<QuotaView>): void {
    const left = remaining ?? this.view.remaining;
    this.limit = limit ?? this.limit;
    this.used = this.limit - left;
  }

  reset(): void {
    this.limit = this.usualLimit;
    this.used = 0;
  }

  private thisMonth(): string {
    return this.clock.now().toISOString().slice(0, 7);
  }
}
