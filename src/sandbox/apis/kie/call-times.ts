const REMEMBERED = 20_000;

export interface TimedCall {
  /** Unix milliseconds. */
  at: number;
  /** It was one too many. */
  isRefused: boolean;
}

/** A sliding window: so many calls in any `windowMs`. Those above are refused, and do not fill it. */
export class CallTimes {
  private calls: TimedCall[] = [];
  private window: number[] = [];

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** Counts a call; false when it is one too many. */
  hit(now: number): boolean {
    this.window = this.window.filter((at) => at > now - this.windowMs);
    const isRefused = this.window.length >= this.limit;
    if (!isRefused) this.window.push(now);
    this.calls.push({ at: now, isRefused });
    if (this.calls.length > REMEMBERED) this.calls.shift();
    return !isRefused;
  }

  get count(): number {
    return this.calls.length;
  }

  get refused(): number {
    return this.calls.filter(({ isRefused }) => isRefused).length;
  }

  /** The most calls, refused ones included, that came within a window. */
  get busiest(): number {
    let most = 0;
    let first = 0;
    this.calls.forEach(({ at }, index) => {
      while ((this.calls[first]?.at ?? at) <= at - this.windowMs) first += 1;
      most = Math.max(most, index - first + 1);
    });
    return most;
  }
}
