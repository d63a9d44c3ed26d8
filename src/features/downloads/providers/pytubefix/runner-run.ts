import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../../../platform/clock/clock.js';
import type { ProgramResult } from '../../../../platform/programs/program.js';
import { ProviderError } from '../../errors/provider-error.js';
import { pytubefixCrash, type PytubefixFailure, pytubefixError } from '../../errors/pytubefix-errors.js';
import { Speedometer } from '../media-file/speedometer.js';
import type { DownloadedMedia, MediaFacts, Progress, ProviderCall } from '../provider.js';
import type { StallClock } from '../stall-clock.js';
import { type FactsLine, parseLine } from './line-protocol.js';

/** One run of the runner: takes what it says, and in the end says what came of it. */
export class RunnerRun {
  private readonly speedometer: Speedometer;
  private said: FactsLine | null = null;
  private path: string | null = null;
  private failure: PytubefixFailure | null = null;
  private beganAt: number | null = null;
  private firstByteAt: number | null = null;
  private bytesAtFirst: number | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly stallClock: StallClock,
    private readonly call: Pick<ProviderCall, 'limits' | 'link'>,
    private readonly onProgress: (progress: Progress) => void = () => undefined,
  ) {
    this.speedometer = new Speedometer(clock);
  }

  /** @throws ProviderError when the medium is found to be too long or too large, which ends the program */
  hear(line: string): void {
    const said = parseLine(line);
    switch (said?.event) {
      case 'facts':
        this.said = said;
        this.begin(said);
        break;
      case 'progress':
        this.progress(said.bytes, said.totalBytes);
        break;
      case 'merging':
        this.stallClock.processing('merging');
        break;
      case 'file':
        this.path = said.path;
        break;
      case 'error':
        this.failure = said;
        break;
      case 'ready':
      case undefined:
        break;
    }
  }

  /** @throws ProviderError when the run has failed */
  facts(result: ProgramResult): MediaFacts {
    this.assertWell(result);
    if (this.said === null) throw new ProviderError('PROVIDER_BUG', 'pytubefix told no facts');
    const { title, durationSec, sizeBytes, width, height, heights } = this.said;
    const facts = { title, durationSec, sizeBytes, width, height, isLive: false, ageLimit: null };
    return heights.length > 0 ? { ...facts, heights } : facts;
  }

  /** @throws ProviderError when the run has failed, or ended well without a file */
  async media(result: ProgramResult, outFolder: string): Promise<DownloadedMedia> {
    this.assertWell(result);
    const file = this.path === null ? null : await stat(this.path).catch(() => null);
    if (this.path === null || !file?.isFile() || dirname(this.path) !== outFolder) {
      throw new ProviderError('PROVIDER_BUG', 'pytubefix ended well without a file');
    }
    this.refuse(file.size);
    return {
      path: this.path,
      title: this.said?.title ?? null,
      expectedDurationSec: this.said?.durationSec ?? null,
      bytes: file.size,
      ttfbMs: this.beganAt === null || this.firstByteAt === null ? null : this.firstByteAt - this.beganAt,
    };
  }

  private assertWell({ code, stderrTail }: ProgramResult): void {
    if (this.failure !== null) throw pytubefixError(this.failure, this.call.link.platform);
    if (code !== 0) throw pytubefixCrash(stderrTail, this.call.link.platform);
  }

  private begin({ durationSec }: FactsLine): void {
    const { maxDurationSec } = this.call.limits;
    if (durationSec !== null && durationSec > maxDurationSec) {
      throw new ProviderError('CONTENT_TOO_LONG', `${durationSec} s are more than ${maxDurationSec} s`);
    }
    this.beganAt = this.now();
    this.stallClock.downloading(0);
  }

  private progress(bytes: number, totalBytes: number | null): void {
    this.bytesAtFirst ??= bytes;
    if (bytes > this.bytesAtFirst) this.firstByteAt ??= this.now();
    this.stallClock.downloading(bytes);
    const bytesPerSecond = this.speedometer.speedAt(bytes);
    const etaSec = totalBytes === null || !bytesPerSecond ? null : (totalBytes - bytes) / bytesPerSecond;
    this.onProgress({ bytes, totalBytes, bytesPerSecond, etaSec });
    this.refuse(bytes);
  }

  private refuse(bytes: number): void {
    const { maxBytes } = this.call.limits;
    if (bytes > maxBytes) throw new ProviderError('CONTENT_TOO_LARGE', `${bytes} bytes are more than ${maxBytes}`);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
