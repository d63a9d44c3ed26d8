import { Inject, Injectable } from '@nestjs/common';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Clock } from '../../../platform/clock/clock.js';
import { EgressGateway } from '../../../platform/egress/index.js';
import { EgressFetch } from '../../../platform/http/index.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import type { ErrorCode } from '../errors/error-codes.js';
import { ProviderError } from '../errors/provider-error.js';
import type { DownloadedMedia, ProviderCall, Resume } from '../providers/provider.js';
import type { AttemptRecord } from './attempt-record.js';
import type { AttemptOrder } from './attempt-order.js';

/** What may be otherwise from another address, or from another country. */
const ANOTHER_EGRESS_MAY_HELP: ReadonlySet<ErrorCode> = new Set([
  'BLOCK_IP',
  'RATE',
  'HTTP_429',
  'TLS_EOF',
  'BYTES_403',
  'EGRESS_DOWN',
  'CONTENT_GEO',
]);

/** One attempt: the provider is called through one way out, and through the next when that may help. */
@Injectable()
export class AttemptTries {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly egress: EgressGateway,
    private readonly clock: Clock,
  ) {}

  /** @throws what a provider throws (`Waiting` included), of the last way out; the signal's reason */
  async run(order: AttemptOrder, record: AttemptRecord, resume: Resume | null): Promise<DownloadedMedia> {
    const { egresses } = order.grant;
    for (const [index, egress] of egresses.entries()) {
      const next = egresses[index + 1];
      try {
        return await this.through(egress, order, record, resume);
      } catch (error) {
        if (next === undefined || order.signal.aborted || !mayHelp(error, order)) throw error;
        record.leaveEgress(error, next);
      }
    }
    throw new Error('An attempt was granted without a way out');
  }

  private async through(
    egress: string,
    order: AttemptOrder,
    record: AttemptRecord,
    resume: Resume | null,
  ): Promise<DownloadedMedia> {
    const { grant, provider, request } = order;
    const { adapter, setup, egresses } = provider;
    if (!adapter) throw new ProviderError('CONFIG', `There is no adapter for ${provider.name}`);
    const id = `${grant.owner}.${egress}`;
    const stallMs = this.config.stallSec * 1_000;
    const session = this.egress.open({ id, egress: { name: egress, url: egresses.get(egress) ?? undefined } });
    record.through(session);
    const fetch = new EgressFetch(session, { stallTimeoutMs: stallMs });
    const workDir = join(order.workDir, id);
    const deadline = this.deadline(order, record);
    try {
      await mkdir(workDir, { recursive: true, mode: 0o700 });
      const call: ProviderCall = {
        link: { platform: request.platform, mediaKey: request.mediaKey, canonicalUrl: request.canonicalUrl },
        workDir,
        proxyUrl: session.proxyUrl,
        fetch,
        egress,
        setup,
        wish: request.options,
        durationSec: request.durationSec,
        resume,
        limits: order.limits,
        stallMs,
        signal: deadline.signal,
      };
      return await adapter.download(call, {
        progress: (progress) => {
          order.onProgress(progress);
        },
        tried: (failed, nextKind) => {
          record.tried(failed, nextKind);
        },
        charged: (factor) => {
          record.chargedFactor += factor;
        },
        quota: (quota) => {
          record.quota = quota;
        },
      });
    } catch (error) {
      order.signal.throwIfAborted();
      if (deadline.signal.aborted) throw deadline.signal.reason;
      // Whatever a program made of our refusal: the link led to a private address, and that is the asker's business. Where
      // an API leads us is its own.
      const refused = adapter.kind === 'local' ? session.refused() : null;
      throw refused === null ? error : new ProviderError('USER_URL', refused);
    } finally {
      deadline.end();
      await fetch.close();
      session.close();
    }
  }

  /** Ends the attempt when its provider has had its time. */
  private deadline(
    { provider, signal }: AttemptOrder,
    record: AttemptRecord,
  ): { signal: AbortSignal; end: () => void } {
    const timeoutSec = provider.adapter?.timeoutSec;
    if (timeoutSec === undefined) return { signal, end: () => undefined };
    const [over, ended] = [new AbortController(), new AbortController()];
    const left = timeoutSec * 1_000 - record.ageMs(this.clock.now());
    this.clock.delay(Math.max(0, left), ended.signal).then(
      () => {
        over.abort(new ProviderError('STALL', `It took more than ${timeoutSec} s`));
      },
      () => undefined,
    );
    return {
      signal: AbortSignal.any([signal, over.signal]),
      end: () => {
        ended.abort();
      },
    };
  }
}

/** An API would be paid once more. */
function mayHelp(error: unknown, { provider }: AttemptOrder): error is ProviderError {
  return (
    provider.adapter?.kind === 'local' && error instanceof ProviderError && ANOTHER_EGRESS_MAY_HELP.has(error.code)
  );
}
