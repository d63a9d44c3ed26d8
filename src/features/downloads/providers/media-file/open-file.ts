import type { Readable } from 'node:stream';
import type { Clock } from '../../../../platform/clock/clock.js';
import { type EgressFetch, type EgressResponse, networkError, retryAfterMs } from '../../../../platform/http/index.js';
import { codeOfStatus } from '../../errors/http-status.js';
import { NotApplicable, ProviderError } from '../../errors/provider-error.js';
import type { Platform } from '../../links/media-link.js';
import { mediaExtension, SNIFFED_BYTES } from './container.js';
import { describeFile, type RemoteFile } from './remote-file.js';
import { BrokenOff } from './setback.js';

export interface MediaFileRequest {
  url: string;
  /** Whose medium it is: what a status means depends on it. */
  platform: Platform;
  /** An existing one, where the file is written. */
  folder: string;
  fetch: EgressFetch;
  maxBytes: number;
  stallMs: number;
  signal: AbortSignal;
}

export interface OpenedFile {
  remote: RemoteFile;
  /** Of what its first bytes show it to be. */
  extension: string;
  /** All its bytes, of which the first have been looked at. */
  chunks: AsyncIterable<Buffer>;
  close(): void;
}

type Source = Pick<MediaFileRequest, 'url' | 'platform' | 'fetch'>;

/** Some hosts answer no one who does not look like a browser. */
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; compatible; Nexus)';
const RANGE_NOT_SATISFIABLE = 416;

/**
 * Begins to read a media file, asking in a way that also tells whether it can be had in parts.
 * @throws NotApplicable when there is something else at the address; ProviderError; NetworkError
 */
export async function openFile(source: Source, clock: Clock, signal: AbortSignal): Promise<OpenedFile> {
  signal.throwIfAborted();
  const response = await askFor(source, { range: 'bytes=0-' }, signal);
  if (response.status >= 400 && response.status !== RANGE_NOT_SATISFIABLE) {
    throw statusError(response, source.platform, clock);
  }
  const { body } = response;
  const remote = describeFile(response);
  const { head, chunks } = await peek(body).catch((error: unknown) => {
    throw bodyError(error, source.url);
  });
  const extension = mediaExtension(head);
  if (extension === null || (response.status !== 200 && response.status !== 206)) {
    body.destroy();
    throw new NotApplicable(`there is no media file at the address, but ${remote.contentType || 'something else'}`);
  }
  return {
    remote,
    extension,
    chunks,
    close: () => {
      body.destroy();
    },
  };
}

export function askFor(
  { url, fetch }: Source,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<EgressResponse> {
  return fetch.fetch(url, { headers: { 'user-agent': USER_AGENT, accept: '*/*', ...headers }, signal });
}

/** For an answer whose status is an error; its body is not wanted. */
export function statusError(
  { status, headers, url, body }: EgressResponse,
  platform: Platform,
  clock: Clock,
): ProviderError {
  body.destroy();
  const waitMs = retryAfterMs(headers['retry-after'], clock.now());
  return new ProviderError(codeOfStatus(status, platform), `${new URL(url).host} answered ${status}`, {
    retryAfterSec: waitMs === null ? undefined : Math.ceil(waitMs / 1_000),
  });
}

/** What it means when the bytes of an answer stop coming. */
export function bodyError(error: unknown, url: string): Error {
  if (error instanceof ProviderError) return error;
  const reason = networkError(error, new URL(url).host);
  return reason.code === 'connection_lost' ? new BrokenOff(reason.message, { cause: reason }) : reason;
}

/** Looks at the first bytes, and gives all of them. */
async function peek(body: Readable): Promise<{ head: Buffer; chunks: AsyncIterable<Buffer> }> {
  const rest = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < SNIFFED_BYTES) {
    const next = await rest.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return { head, chunks: joined(head, rest) };
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => rest };
}
