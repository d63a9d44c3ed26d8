import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

export interface FilePart {
  name: string;
  filename: string;
  /** What it is, for whoever does not look into it. */
  contentType?: string;
  sizeBytes: number;
  /** Read once, when its turn comes. */
  stream: Readable;
}

/** A form that is sent as it is read: its length is known before, and never more than a piece of it is in memory. */
export interface MultipartStream {
  contentType: string;
  contentLength: number;
  body: Readable;
}

/** Fields and files as `multipart/form-data`, written as browsers do (WHATWG HTML, «multipart form data»). */
export function multipartStream(fields: Record<string, string>, files: FilePart[]): MultipartStream {
  // One that fails before its turn must not end the process; its turn comes, and then it fails the body.
  for (const { stream } of files) stream.on('error', () => undefined);
  const boundary = `nexus-${randomUUID()}`;
  const head = (disposition: string, type?: string) => {
    const typeLine = type === undefined ? '' : `Content-Type: ${type}\r\n`;
    return Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${typeLine}\r\n`);
  };
  const headOf = ({ name, filename, contentType }: FilePart) =>
    head(`name="${escape(name)}"; filename="${escape(filename)}"`, contentType);
  const end = Buffer.from('\r\n');
  const last = Buffer.from(`--${boundary}--\r\n`);
  const pieces = [
    ...Object.entries(fields).flatMap(([name, value]) => [head(`name="${escape(name)}"`), Buffer.from(value), end]),
    ...files.flatMap((file) => [headOf(file), file, end]),
    last,
  ];
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    contentLength: pieces.reduce((sum, piece) => sum + (Buffer.isBuffer(piece) ? piece.length : piece.sizeBytes), 0),
    body: Readable.from(contentOf(pieces), { objectMode: false }),
  };
}

async function* contentOf(pieces: (Buffer | FilePart)[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) yield piece;
    else yield* piece.stream as AsyncIterable<Buffer>;
  }
}

const ESCAPES: Record<string, string> = { '"': '%22', '\r': '%0D', '\n': '%0A' };

function escape(name: string): string {
  return name.replace(/["\r\n]/g, (character) => ESCAPES[character] ?? character);
}
