import type { Clock } from '../../../platform/clock/clock.js';
import type { ClaimsRepository } from '../requests/claims.repository.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { Stopped, type StopReason } from './stop.js';

const BEAT_MS = 2_000;

interface HoldParts {
  request: DownloadRequest;
  claims: ClaimsRepository;
  clock: Clock;
  deadlineMs: number;
}

/**
 * This worker's hold on a request: renewed while it works, and broken off (through `signal`) when the asker cancels,
 * the claim is lost, or time is up.
 */
export class Hold {
  private readonly breaking = new AbortController();
  private readonly ending = new AbortController();
  private readonly beating: Promise<void>;

  private readonly endsAt: number;

  constructor(private readonly parts: HoldParts) {
    this.endsAt = parts.clock.now().getTime() + parts.deadlineMs;
    this.beating = this.beat();
    void this.watchDeadline();
  }

  get signal(): AbortSignal {
    return this.breaking.signal;
  }

  /** Until the work must have ended. */
  leftMs(): number {
    return this.endsAt - this.parts.clock.now().getTime();
  }

  break(why: StopReason): void {
    this.breaking.abort(new Stopped(why));
  }

  /** Asks now whether the request is still this worker's. @throws Stopped when it is not */
  async confirm(): Promise<void> {
    const answer = await this.parts.claims.keep(this.parts.request);
    if (answer !== 'held') this.break(answer);
    this.signal.throwIfAborted();
  }

  async end(): Promise<void> {
    this.ending.abort();
    await this.beating;
  }

  private async beat(): Promise<void> {
    const { request, claims, clock } = this.parts;
    while (!this.ending.signal.aborted) {
      // A database that is away for a moment is no reason to stop: the lease outlives several beats.
      const answer = await claims.keep(request).catch(() => 'held' as const);
      if (answer !== 'held') this.break(answer);
      await clock.delay(BEAT_MS, this.ending.signal).catch(() => undefined);
    }
  }

  private async watchDeadline(): Promise<void> {
    const { clock, deadlineMs } = this.parts;
    await clock.delay(Math.max(0, deadlineMs), this.ending.signal).then(
      () => {
        this.break('deadline');
      },
      () => undefined,
    );
  }
}
