import type { Clock } from '../../../../platform/clock/clock.js';
import { fetchError } from '../../errors/fetch-error.js';
import type { DownloadedMedia, DownloadSink, ProviderTry } from '../provider.js';
import { StallClock } from '../stall-clock.js';
import { type Layout, layOut } from './layout.js';
import { type MediaFileRequest, type OpenedFile, openFile } from './open-file.js';
import { bytesOf } from './parts.js';
import { FileChanged, Setbacks } from './setback.js';
import { Speedometer } from './speedometer.js';
import { Transfer } from './transfer.js';

/**
 * Fetches one media file: over several connections where the server allows, each writing at its own place of the one
 * file, going on after breaks from where it was. Nothing of it is held in memory.
 */
export class MediaFileDownload {
  private readonly setbacks = new Setbacks();
  private readonly speedometer: Speedometer;
  private layout: Layout | null = null;
  /** What has come so far is of use. */
  private canResume = false;
  private connections = 1;
  private ttfbMs: number | null = null;

  constructor(
    private readonly request: MediaFileRequest,
    private readonly sink: DownloadSink,
    private readonly clock: Clock,
  ) {
    this.speedometer = new Speedometer(clock);
  }

  /** @throws ProviderError, NotApplicable when it is no media file, or the signal's reason when it was aborted */
  async run(): Promise<DownloadedMedia> {
    try {
      const { remote, output, parts } = await this.untilComplete();
      const { title } = remote;
      return { path: output.path, title, expectedDurationSec: null, bytes: bytesOf(parts), ttfbMs: this.ttfbMs };
    } finally {
      await this.layout?.output.close();
    }
  }

  private async untilComplete(): Promise<Layout> {
    let kind: ProviderTry['kind'] = 'first';
    for (;;) {
      try {
        return await this.tryOnce();
      } catch (error) {
        this.request.signal.throwIfAborted();
        const failure = fetchError(error, this.request.platform);
        if (failure === null) throw error;
        if (failure instanceof FileChanged) this.canResume = false;
        const { canResume, connections } = this;
        const delayMs = this.setbacks.delayAfter(failure, { canResume, connections });
        if (delayMs === null) throw failure;
        this.sink.tried({ kind, errorCode: failure.code }, 'resume');
        kind = 'resume';
        this.connections = 1;
        if (delayMs > 0) await this.clock.delay(delayMs, this.request.signal);
      }
    }
  }

  private tryOnce(): Promise<Layout> {
    const stallClock = new StallClock(this.clock, this.request.stallMs);
    stallClock.downloading(bytesOf(this.layout?.parts ?? []));
    return stallClock.guard(this.request.signal, async (signal) => {
      const { layout, opened } =
        this.layout && this.canResume ? { layout: this.layout, opened: null } : await this.begin(signal);
      const transfer = new Transfer(this.request, layout, this.clock, () => {
        stallClock.downloading(bytesOf(layout.parts));
        this.report(layout);
      });
      await transfer.run(opened, this.connections, signal);
      return layout;
    });
  }

  private async begin(signal: AbortSignal): Promise<{ layout: Layout; opened: OpenedFile }> {
    const askedAt = this.clock.now().getTime();
    const opened = await openFile(this.request, this.clock, signal);
    this.ttfbMs ??= this.clock.now().getTime() - askedAt;
    try {
      await this.layout?.output.close();
      this.layout = null;
      this.layout = await layOut(this.request, opened);
    } catch (error) {
      opened.close();
      throw error;
    }
    this.canResume = this.layout.remote.hasRanges;
    this.connections = this.layout.parts.length;
    return { layout: this.layout, opened };
  }

  private report({ parts, remote: { totalBytes } }: Layout): void {
    const bytes = bytesOf(parts);
    const bytesPerSecond = this.speedometer.speedAt(bytes);
    const etaSec = totalBytes === null || !bytesPerSecond ? null : (totalBytes - bytes) / bytesPerSecond;
    this.sink.progress({ bytes, totalBytes, bytesPerSecond, etaSec });
  }
}
