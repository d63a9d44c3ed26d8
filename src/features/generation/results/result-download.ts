import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { EgressGateway, EgressRefusedError } from '../../../platform/egress/index.js';
import {
  EgressFetch,
  NetworkError,
  networkError,
  UnfollowableUrlError,
  type EgressResponse,
} from '../../../platform/http/index.js';
import { Every } from '../../../platform/queue/every.js';
import { ResultError } from './result-error.js';

/** Videos of half a minute have some 50 MB. */
const MAX_BYTES = 200 * 1_048_576;
const MAX_MS = 300_000;
/** No download takes that long: what is older was left behind by a process that was killed. */
const LEFTOVER_MS = 3_600_000;
const GONE = [401, 403, 404, 410];

/** Fetches what the provider has made into a file of this machine. */
@Injectable()
export class ResultDownload {
  private readonly folder: string;

  constructor(
    @Inject(processConfig.key) { dataDir }: ProcessConfig,
    private readonly gateway: EgressGateway,
    private readonly clock: Clock,
  ) {
    this.folder = join(dataDir, 'work', 'generation');
  }

  /**
   * @param use is given the file; afterwards it is gone, unless it has been moved elsewhere
   * @throws ResultError; the signal's reason when it was aborted
   */
  async fetch<T>(url: string, signal: AbortSignal, use: (path: string) => Promise<T>): Promise<T> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const id = randomUUID();
    const path = join(this.folder, `${id}.mp4`);
    const session = this.gateway.open({ id });
    const fetch = new EgressFetch(session);
    const overdue = AbortSignal.timeout(MAX_MS);
    try {
      await this.load(fetch, url, path, AbortSignal.any([signal, overdue]));
      return await use(path);
    } catch (error) {
      signal.throwIfAborted();
      throw overdue.aborted ? new ResultError('TIMEOUT', 'The video did not arrive in time') : error;
    } finally {
      await fetch.close();
      session.close();
      await rm(path, { force: true });
    }
  }

  @Every({ name: 'generation.sweep-downloads', everyMs: 600_000 })
  async sweep(): Promise<void> {
    const before = this.clock.now().getTime() - LEFTOVER_MS;
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name);
      const facts = await stat(path).catch(() => null);
      if (facts && facts.mtimeMs < before) await rm(path, { force: true });
    }
  }

  private async load(fetch: EgressFetch, url: string, path: string, signal: AbortSignal): Promise<void> {
    let response: EgressResponse;
    try {
      response = await fetch.fetch(url, { signal });
    } catch (error) {
      throw explained(error);
    }
    const { body, status, headers, url: source } = response;
    if (status !== 200 || Number(headers['content-length'] ?? 0) > MAX_BYTES) {
      body.destroy();
      throw status === 200 ? tooLarge() : statusError(status);
    }
    let writing: unknown;
    const file = createWriteStream(path, { mode: 0o600 }).on('error', (error) => (writing = error));
    try {
      await pipeline(body, atMostMaxBytes(), file, { signal });
    } catch (error) {
      // What the disk has to say is nothing of the provider's.
      throw (
        writing ?? (error instanceof ResultError ? error : explained(networkError(error, new URL(source).hostname)))
      );
    }
  }
}

function statusError(status: number): ResultError {
  if (GONE.includes(status)) return new ResultError('RESULT_GONE', `The link of the video answers ${status}`);
  return new ResultError('NETWORK', `The host of the video answers ${status}`);
}

function tooLarge(): ResultError {
  return new ResultError('UNREADABLE', `The video has more than ${MAX_BYTES} bytes`);
}

function explained(error: unknown): unknown {
  if (error instanceof EgressRefusedError || error instanceof UnfollowableUrlError)
    return new ResultError('UNREADABLE', error.message, { cause: error });
  if (!(error instanceof NetworkError)) return error;
  return new ResultError(error.code === 'timed_out' ? 'TIMEOUT' : 'NETWORK', error.message, { cause: error });
}

function atMostMaxBytes(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) done(tooLarge());
      else done(null, chunk);
    },
  });
}
