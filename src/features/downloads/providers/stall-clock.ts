import type { Clock } from '../../../platform/clock/clock.js';
import { ProviderError } from '../errors/provider-error.js';

const EXTRACTION_MS = 60_000;
const SLEEP_MARGIN_MS = 10_000;
const LOOK_EVERY_MS = 1_000;

type Phase = 'extracting' | 'downloading' | 'processing';

/**
 * Tells work that goes on from work that hangs, by what it has to show in its phase: an extraction has a minute, a sleep
 * that the site asked for its time and ten seconds, a download must bring new bytes (new lines are no proof), and
 * processing must change the files it writes.
 */
export class StallClock {
  private phase: Phase = 'extracting';
  private deadline: number;
  private lastMark: number | string | null = null;

  /**
   * @param stallMs without new bytes or changed files
   * @param measureOutput a word on the written files that changes when they do; it never rejects
   */
  constructor(
    private readonly clock: Clock,
    private readonly stallMs: number,
    private readonly measureOutput: () => Promise<string> = () => Promise.resolve(''),
  ) {
    this.deadline = this.now() + EXTRACTION_MS;
  }

  sleeping(seconds: number): void {
    this.extendTo(this.now() + seconds * 1_000 + SLEEP_MARGIN_MS);
  }

  downloading(bytesSoFar: number): void {
    this.see('downloading', bytesSoFar);
  }

  processing(step: string): void {
    this.see('processing', step);
  }

  /**
   * Does the work, and aborts it when it hangs.
   * @throws ProviderError STALL, what the work throws, or the signal's reason when that was aborted
   */
  async guard<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const hung = new AbortController();
    const ended = new AbortController();
    const watch = this.untilStalled(AbortSignal.any([signal, ended.signal])).then(
      () => {
        hung.abort(new ProviderError('STALL', `nothing new came while ${this.phase}`));
      },
      () => undefined,
    );
    const either = AbortSignal.any([signal, hung.signal]);
    try {
      const result = await work(either);
      either.throwIfAborted();
      return result;
    } catch (error) {
      throw either.aborted ? either.reason : error;
    } finally {
      ended.abort();
      await watch;
    }
  }

  private async untilStalled(signal: AbortSignal): Promise<void> {
    while (!(await this.isOver())) await this.clock.delay(LOOK_EVERY_MS, signal);
  }

  private async isOver(): Promise<boolean> {
    if (this.phase === 'processing') this.see('processing', await this.measureOutput());
    return this.now() >= this.deadline;
  }

  private see(phase: Phase, mark: number | string): void {
    if (phase !== this.phase) this.deadline = this.now() + this.stallMs;
    else if (mark !== this.lastMark) this.extendTo(this.now() + this.stallMs);
    this.phase = phase;
    this.lastMark = mark;
  }

  private extendTo(instant: number): void {
    this.deadline = Math.max(this.deadline, instant);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
