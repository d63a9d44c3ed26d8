import type { Clock } from '../../../../platform/clock/clock.js';
import type { ProviderCall } from '../provider.js';

/** Addresses of media expire, and are good only for the way out on which they were asked for. */
const FRESH_MS = 5 * 60_000;
const MAX_KEPT = 20;

interface Kept {
  json: string;
  until: number;
}

/** What probes learnt, for the download that follows: it saves the second extraction. */
export class FreshInfos {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly clock: Clock) {}

  keep(call: ProviderCall, json: string): void {
    this.kept.delete(keyOf(call));
    this.kept.set(keyOf(call), { json, until: this.now() + FRESH_MS });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }

  /** Each is taken once. */
  take(call: ProviderCall): string | null {
    const found = this.kept.get(keyOf(call));
    this.kept.delete(keyOf(call));
    return found && found.until > this.now() ? found.json : null;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function keyOf({ link, egress }: ProviderCall): string {
  return `${egress} ${link.canonicalUrl}`;
}
