import type { Clock } from '../../../../platform/clock/clock.js';

const WINDOW_MS = 5_000;
const SAMPLE_MS = 250;

interface Sample {
  at: number;
  bytes: number;
}

/** Bytes per second over the last seconds. */
export class Speedometer {
  private samples: Sample[] = [];

  constructor(private readonly clock: Clock) {}

  /** @param bytes all that have come so far; null until there is something to compare with */
  speedAt(bytes: number): number | null {
    const at = this.clock.now().getTime();
    const last = this.samples.at(-1);
    if (!last || at - last.at >= SAMPLE_MS) {
      this.samples = [...this.samples.filter((sample) => at - sample.at <= WINDOW_MS), { at, bytes }];
    }
    const [first] = this.samples;
    if (!first || at <= first.at) return null;
    return Math.max(0, bytes - first.bytes) / ((at - first.at) / 1_000);
  }
}
