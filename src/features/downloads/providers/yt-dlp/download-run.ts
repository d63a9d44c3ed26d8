import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../../../platform/clock/clock.js';
import { ProviderError } from '../../errors/provider-error.js';
import type { DownloadedMedia, DownloadLimits, DownloadSink } from '../provider.js';
import { isUnfinished } from './facts.js';
import { type InfoLine, type OutputLine, parseLine } from './line-protocol.js';
import { ProgressMeter } from './progress-meter.js';
import type { StallClock } from '../stall-clock.js';

/** One run of a download: takes what the program says, and in the end says what came of it. */
export class DownloadRun {
  private readonly meter = new ProgressMeter();
  private info: InfoLine | null = null;
  private path: string | null = null;
  private refusedBytes: number | null = null;
  private beganAt: number | null = null;
  private firstByteAt: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly stallClock: StallClock,
    private readonly sink: DownloadSink,
    private readonly limits: DownloadLimits,
  ) {}

  /** @throws ProviderError when the medium is found to be too large, which ends the program */
  hear(line: string): void {
    const said = parseLine(line);
    if (said) this.take(said);
  }

  /**
   * The file, after the program has ended well. It ends well, too, when it has left out a medium that is too long, too
   * large or still live: only a file is a success.
   */
  async result(outFolder: string): Promise<DownloadedMedia> {
    const file = this.path === null ? null : await stat(this.path).catch(() => null);
    if (!this.path || !file?.isFile() || dirname(this.path) !== outFolder) throw this.whyNothingCame();
    this.refuse(file.size);
    return {
      path: this.path,
      title: this.info?.title ?? null,
      expectedDurationSec: this.info?.durationSec ?? null,
      bytes: file.size,
      hasSound: this.info?.hasSound === true,
      ttfbMs: this.beganAt === null || this.firstByteAt === null ? null : this.firstByteAt - this.beganAt,
    };
  }

  private take(said: OutputLine): void {
    switch (said.kind) {
      case 'info':
        this.info = said;
        if (said.protocol !== null) this.begin(said);
        break;
      case 'progress': {
        const progress = this.meter.take(said);
        if (progress.bytes > 0) this.firstByteAt ??= this.now();
        this.stallClock.downloading(progress.bytes);
        this.sink.progress(progress);
        // What is fetched in pieces is judged piece by piece by the program's own limit.
        this.refuse(Math.max(progress.bytes, said.announcedBytes ?? 0));
        break;
      }
      case 'processing':
        this.stallClock.processing(said.processor);
        break;
      case 'sleep':
        this.stallClock.sleeping(said.seconds);
        break;
      case 'tooLarge':
        this.refusedBytes = said.bytes;
        break;
      case 'file':
        this.path = said.path;
        break;
    }
  }

  private begin({ sizeBytes }: InfoLine): void {
    // The program's own limit sees neither fragments nor the sum of picture and sound.
    this.refuse(sizeBytes ?? 0);
    this.beganAt = this.now();
    this.meter.announce(sizeBytes);
    this.stallClock.downloading(0);
  }

  private refuse(bytes: number): void {
    if (bytes > this.limits.maxBytes) throw this.tooLarge(bytes);
  }

  private whyNothingCame(): ProviderError {
    const { maxDurationSec } = this.limits;
    if (this.refusedBytes !== null) return this.tooLarge(this.refusedBytes);
    if (isUnfinished(this.info?.liveStatus ?? null)) {
      return new ProviderError('CONTENT_LIVE', `the medium is not finished: ${this.info?.liveStatus}`);
    }
    if ((this.info?.durationSec ?? 0) > maxDurationSec) {
      return new ProviderError('CONTENT_TOO_LONG', `${this.info?.durationSec} s are more than ${maxDurationSec} s`);
    }
    if (this.beganAt !== null && this.meter.bytes === 0) {
      return new ProviderError(
        'CONTENT_TOO_LARGE',
        'yt-dlp left it out before its first byte, as it does by size alone',
      );
    }
    return new ProviderError('PROVIDER_BUG', 'yt-dlp ended well without a file');
  }

  private tooLarge(bytes: number): ProviderError {
    return new ProviderError('CONTENT_TOO_LARGE', `${bytes} bytes are more than ${this.limits.maxBytes}`);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
