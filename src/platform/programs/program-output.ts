import type { Readable } from 'node:stream';
import { LineSplitter } from './line-splitter.js';
import type { OutputStream, ProgramRequest } from './program.js';

const DEFAULT_STDERR_BYTES = 64 * 1024;

/** Keeps the beginning of what is pushed, up to a limit. */
class Head {
  private readonly chunks: Buffer[] = [];
  private size = 0;
  truncated = false;

  constructor(private readonly limit: number) {}

  push(bytes: Buffer): void {
    const fits = bytes.subarray(0, this.limit - this.size);
    this.truncated ||= fits.length < bytes.length;
    this.size += fits.length;
    this.chunks.push(fits);
  }

  toString(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}

/** Keeps the end of what is pushed, up to a limit. */
class Tail {
  private bytes = Buffer.alloc(0);

  constructor(private readonly limit: number) {}

  push(bytes: Buffer): void {
    const joined = Buffer.concat([this.bytes, bytes]);
    this.bytes = joined.subarray(Math.max(0, joined.length - this.limit));
  }

  toString(): string {
    return this.bytes.toString('utf8');
  }
}

/** What a program says: handed on by line, and kept as far as the request asks. */
export class ProgramOutput {
  private readonly stdout: Head | undefined;
  private readonly stderr: Tail;

  constructor(private readonly request: Pick<ProgramRequest, 'onLine' | 'maxStdoutBytes' | 'maxStderrBytes'>) {
    this.stdout = request.maxStdoutBytes === undefined ? undefined : new Head(request.maxStdoutBytes);
    this.stderr = new Tail(request.maxStderrBytes ?? DEFAULT_STDERR_BYTES);
  }

  /** @param onError gets what the caller's `onLine` throws. */
  listen(streams: { stdout: Readable; stderr: Readable }, onError: (error: unknown) => void): void {
    this.attach('stdout', streams.stdout, this.stdout, onError);
    this.attach('stderr', streams.stderr, this.stderr, onError);
  }

  collected(): { stdout?: string; stdoutTruncated: boolean; stderrTail: string } {
    return {
      stdout: this.stdout?.toString(),
      stdoutTruncated: this.stdout?.truncated ?? false,
      stderrTail: this.stderr.toString(),
    };
  }

  private attach(
    name: OutputStream,
    stream: Readable,
    keep: Head | Tail | undefined,
    onError: (error: unknown) => void,
  ): void {
    const { onLine } = this.request;
    const splitter = new LineSplitter((line) => {
      try {
        onLine?.(name, line);
      } catch (error) {
        onError(error);
      }
    });
    stream.on('data', (bytes: Buffer) => {
      keep?.push(bytes);
      splitter.push(bytes);
    });
    stream.on('close', () => {
      splitter.end();
    });
  }
}
