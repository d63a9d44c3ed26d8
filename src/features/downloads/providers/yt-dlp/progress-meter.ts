import type { Progress } from '../provider.js';
import type { ProgressLine } from './line-protocol.js';

/** One progress over all files of a download: picture and sound come one after the other, each counted from zero. */
export class ProgressMeter {
  private finishedBytes = 0;
  private currentBytes = 0;
  private announcedBytes: number | null = null;

  /** What all files will have together, as far as the source says. */
  announce(totalBytes: number | null): void {
    this.announcedBytes = totalBytes;
  }

  get bytes(): number {
    return this.finishedBytes + this.currentBytes;
  }

  take(line: ProgressLine): Progress {
    this.currentBytes = line.downloadedBytes;
    const progress = this.progress(line);
    if (line.finished) {
      this.finishedBytes += line.downloadedBytes;
      this.currentBytes = 0;
    }
    return progress;
  }

  private progress({ totalBytes, bytesPerSecond }: ProgressLine): Progress {
    const known = totalBytes === null ? this.announcedBytes : this.finishedBytes + totalBytes;
    const total = known === null ? null : Math.max(known, this.announcedBytes ?? 0, this.bytes);
    const left = total === null ? null : total - this.bytes;
    return {
      bytes: this.bytes,
      totalBytes: total,
      bytesPerSecond,
      etaSec: left === null || !bytesPerSecond ? null : left / bytesPerSecond,
    };
  }
}
