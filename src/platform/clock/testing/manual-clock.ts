import { Clock } from '../clock.js';

interface Waiter {
  at: number;
  wake: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock extends Clock {
  private waiters: Waiter[] = [];

  constructor(private time = Date.UTC(2026, 0, 1)) {
    super();
  }

  now(): Date {
    return new Date(this.time);
  }

  delay(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        reject(signal?.reason as Error);
      };
      const waiter = {
        at: this.time + ms,
        wake: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      this.waiters.push(waiter);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Moves time on and wakes, in order, everything that waited for it. */
  advance(ms: number): void {
    this.time += ms;
    const due = this.waiters.filter((waiter) => waiter.at <= this.time).sort((a, b) => a.at - b.at);
    this.waiters = this.waiters.filter((waiter) => waiter.at > this.time);
    for (const waiter of due) waiter.wake();
  }
}
