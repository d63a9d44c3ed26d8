import type { Clock } from '../../../platform/clock/clock.js';
import { storable } from '../../../platform/text/storable.js';
import { pause } from './pause.js';
import type { Progress } from './task-runs.repository.js';

const WRITE_EVERY_MS = 1_000;
/** Names of files may be long. */
const LONGEST_STEP = 200;

interface ReportParts {
  /** How far it was before. */
  begun: Progress;
  write: (progress: Progress) => Promise<void>;
  onError: (error: unknown) => void;
  clock: Clock;
}

/** Writes how far a task is, at most once a second: the latest word wins. It never goes back. */
export class ProgressReport {
  private latest: Progress;
  private isWritten = true;
  private writing: Promise<void> | null = null;
  private readonly ended = new AbortController();

  constructor(private readonly parts: ReportParts) {
    const { progress, step } = parts.begun;
    this.latest = { progress, step };
  }

  say(percent: number, word?: string): void {
    if (this.ended.signal.aborted) return;
    const progress = Math.max(this.latest.progress, wholePercent(percent));
    const step = word === undefined ? this.latest.step : storable(word, LONGEST_STEP);
    if (progress === this.latest.progress && step === this.latest.step) return;
    this.latest = { progress, step };
    this.isWritten = false;
    this.writing ??= this.write();
  }

  /** Writes nothing more. @returns the last word, for whoever writes the end */
  async end(): Promise<Progress> {
    this.ended.abort();
    await this.writing;
    return this.latest;
  }

  private async write(): Promise<void> {
    const { write, onError, clock } = this.parts;
    while (!this.isWritten && !this.ended.signal.aborted) {
      this.isWritten = true;
      try {
        await write(this.latest);
      } catch (error) {
        this.isWritten = false;
        onError(error);
      }
      await pause(clock, WRITE_EVERY_MS, this.ended.signal);
    }
    this.writing = null;
  }
}

function wholePercent(percent: number): number {
  return Number.isFinite(percent) ? Math.min(100, Math.max(0, Math.floor(percent))) : 0;
}
