import type { Clock } from '../../../../platform/clock/clock.js';
import type { EgressResponse } from '../../../../platform/http/index.js';
import { type Layout, tooLarge } from './layout.js';
import { askFor, bodyError, type MediaFileRequest, type OpenedFile, statusError } from './open-file.js';
import { isComplete, type Part } from './parts.js';
import { contentRange } from './remote-file.js';
import { BrokenOff, FileChanged } from './setback.js';

/** The connections that fetch, at the same time, what is missing of a file. The first that fails ends all of them. */
export class Transfer {
  constructor(
    private readonly request: MediaFileRequest,
    private readonly layout: Layout,
    private readonly clock: Clock,
    /** Something has been written. */
    private readonly onBytes: () => void,
  ) {}

  /** @param opened serves the first part, when it has just been opened */
  async run(opened: OpenedFile | null, connections: number, signal: AbortSignal): Promise<void> {
    const failing = new AbortController();
    const either = AbortSignal.any([signal, failing.signal]);
    either.addEventListener('abort', () => opened?.close(), { once: true });
    const missing = this.layout.parts.filter((part) => !isComplete(part));
    const connect = async () => {
      for (let part = missing.shift(); part; part = missing.shift()) {
        const chunks = opened && part.from === 0 ? opened.chunks : await this.rest(part, either);
        await this.complete(part, chunks, either);
      }
    };
    const fail = (error: unknown) => {
      failing.abort(error);
    };
    // Nobody goes on before all of them have let go of the file.
    await Promise.all(Array.from({ length: connections }, () => connect().catch(fail)));
    either.throwIfAborted();
  }

  /** A server may give less than was asked for, and the rest when asked again. */
  private async complete(part: Part, chunks: AsyncIterable<Buffer>, signal: AbortSignal): Promise<void> {
    for (let given = chunks; ; given = await this.rest(part, signal)) {
      const before = part.at;
      await this.fill(part, given);
      if (isComplete(part) || part.to === Infinity) return;
      if (part.at === before) throw new BrokenOff(`the file ended ${part.to - part.at} bytes before its end`);
    }
  }

  private async fill(part: Part, chunks: AsyncIterable<Buffer>): Promise<void> {
    try {
      for await (const chunk of chunks) {
        await this.write(part, chunk.subarray(0, part.to - part.at));
        if (isComplete(part)) return;
      }
    } catch (error) {
      throw bodyError(error, this.request.url);
    }
  }

  private async write(part: Part, bytes: Buffer): Promise<void> {
    const { maxBytes } = this.request;
    if (part.at + bytes.length > maxBytes) throw tooLarge(part.at + bytes.length, maxBytes);
    await this.layout.output.write(bytes, part.at);
    part.at += bytes.length;
    this.onBytes();
  }

  /** What is missing of a part, of the same version of the file. */
  private async rest({ at, to }: Part, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const { validator } = this.layout.remote;
    const headers = { range: `bytes=${at}-${to - 1}`, ...(validator === null ? {} : { 'if-range': validator }) };
    const response = await askFor(this.request, headers, signal);
    if (response.status >= 400) throw statusError(response, this.request.platform, this.clock);
    if (!this.isOfSameFile(response, at)) {
      response.body.destroy();
      throw new FileChanged();
    }
    return response.body;
  }

  private isOfSameFile(response: EgressResponse, at: number): boolean {
    const range = contentRange(response);
    return response.status === 206 && range?.from === at && range.total === this.layout.remote.totalBytes;
  }
}
