import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';

type Stop = () => Promise<unknown>;

/**
 * The end of this process: all that works in the background is asked to stop at the same moment, so that what takes
 * long holds up nothing else. Stores and connections go only afterwards.
 */
@Injectable()
export class Drain implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Drain.name);
  private readonly stopping = new AbortController();
  private readonly stops: Stop[] = [];

  /** Aborted when the process is asked to stop. */
  readonly signal = this.stopping.signal;

  constructor() {
    // All that works in the background listens: many listeners are no leak here.
    setMaxListeners(Infinity, this.signal);
  }

  /** Waits at the end of the process for what `stop` does: it takes nothing new, and resolves when all is at rest. */
  add(stop: Stop): void {
    this.stops.push(stop);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(new Error('This process is stopping'));
    const ends = await Promise.allSettled(this.stops.map(async (stop) => stop()));
    for (const end of ends) {
      if (end.status === 'rejected') this.logger.error({ err: end.reason as unknown }, 'Could not be stopped in order');
    }
  }
}
