import { setTimeout as sleep } from 'node:timers/promises';

/** Time as a dependency: what waits or compares instants asks it, so that tests need no sleeping. */
export abstract class Clock {
  abstract now(): Date;

  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  abstract delay(ms: number, signal?: AbortSignal): Promise<void>;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  async delay(ms: number, signal?: AbortSignal): Promise<void> {
    try {
      await sleep(ms, undefined, { signal, ref: true });
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
  }
}
