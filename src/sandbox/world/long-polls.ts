import type { Clock } from '../../platform/clock/clock.js';
import { conflict } from '../bot-api/errors.js';
import type { Update } from '../bot-api/types.js';
import type { UpdateQueue } from './update-queue.js';

/** A bot that asked for updates this recently counts as polling between two requests. */
const POLLING_FOR_MS = 60_000;

export interface PollRequest {
  offset: number;
  limit: number;
  timeoutMs: number;
}

interface Poll {
  stop: AbortController;
  wake: () => void;
}

/** Requests for updates that wait; one for each bot, the newest wins. */
export class LongPolls {
  private readonly polls = new Map<number, Poll>();
  private readonly lastAsked = new Map<number, number>();

  constructor(
    private readonly queue: UpdateQueue,
    private readonly clock: Clock,
  ) {
    queue.onChange((botId) => this.polls.get(botId)?.wake());
  }

  /** Throws 409 when another request or a webhook takes over, and the signal's reason when the client goes away. */
  async wait(botId: number, { offset, limit, timeoutMs }: PollRequest, gone: AbortSignal): Promise<Update[]> {
    this.stop(botId, 'terminated by other getUpdates request; make sure that only one bot instance is running');
    const poll: Poll = { stop: new AbortController(), wake: () => undefined };
    this.polls.set(botId, poll);
    const stopped = AbortSignal.any([poll.stop.signal, gone]);
    const deadline = this.now() + timeoutMs;
    try {
      for (;;) {
        this.lastAsked.set(botId, this.now());
        stopped.throwIfAborted();
        const updates = this.queue.take(botId, offset, limit);
        const left = deadline - this.now();
        if (updates.length > 0 || left <= 0) return updates;
        await this.sleep(poll, left, stopped);
      }
    } finally {
      if (this.polls.get(botId) === poll) this.polls.delete(botId);
    }
  }

  stop(botId: number, reason: string): void {
    this.polls.get(botId)?.stop.abort(conflict(reason));
  }

  isPolling(botId: number): boolean {
    return this.polls.has(botId) || this.now() - (this.lastAsked.get(botId) ?? -Infinity) < POLLING_FOR_MS;
  }

  /** Until the time is over, the queue has changed or the poll is stopped. */
  private async sleep(poll: Poll, ms: number, stopped: AbortSignal): Promise<void> {
    const woken = new AbortController();
    poll.wake = () => woken.abort();
    await this.clock.delay(ms, AbortSignal.any([woken.signal, stopped])).catch(() => undefined);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
