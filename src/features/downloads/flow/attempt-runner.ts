import { Inject, Injectable } from '@nestjs/common';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Clock } from '../../../platform/clock/clock.js';
import { EgressGateway, type EgressSession } from '../../../platform/egress/index.js';
import { EgressFetch } from '../../../platform/http/index.js';
import { Media, type MediaFacts as FileFacts } from '../../../platform/media/index.js';
import { AttemptsRepository } from '../attempts/attempts.repository.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { NotApplicable, ProviderError } from '../errors/provider-error.js';
import type {
  DownloadedMedia,
  DownloadLimits,
  Progress,
  Provider,
  ProviderCall,
  ProviderTry,
} from '../providers/provider.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { bucketOf } from '../routing/duration-bucket.js';
import { Stopped } from './stop.js';
import { verifyDownload } from './verify-download.js';

const DIRECT_EGRESS = 'direct';

export interface AttemptOrder {
  request: DownloadRequest;
  provider: Provider;
  providerName: string;
  /** Why this provider was taken. */
  reason: string;
  limits: DownloadLimits;
  workDir: string;
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}

export type AttemptResult =
  | { outcome: 'succeeded'; media: DownloadedMedia; facts: FileFacts }
  | { outcome: 'failed'; error: ProviderError }
  | { outcome: 'not_applicable' };

/** Lets one provider try one request, and writes down how it went. */
@Injectable()
export class AttemptRunner {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly attempts: AttemptsRepository,
    private readonly egress: EgressGateway,
    private readonly media: Media,
    private readonly clock: Clock,
  ) {}

  /** @throws Stopped when the work was broken off; the attempt is then recorded as cancelled */
  async run(order: AttemptOrder): Promise<AttemptResult> {
    const { request, providerName, reason } = order;
    const startedAt = this.clock.now();
    const id = await this.attempts.start({
      requestId: request.id,
      provider: providerName,
      egress: DIRECT_EGRESS,
      platform: request.platform,
      durationBucket: request.durationSec === null ? 'unknown' : bucketOf(request.durationSec),
      ruleId: request.ruleId,
      reason,
      startedAt,
    });
    const session = this.egress.open({ id });
    const fetch = new EgressFetch(session, { stallTimeoutMs: this.config.stallSec * 1_000 });
    const tries = new Tries();
    const report = (result: Ending) => this.record(id, startedAt, session, tries, result);
    try {
      const media = await this.download(order, { id, session, fetch, tries });
      const facts = await verifyDownload(this.media, media);
      await report({ outcome: 'succeeded', media });
      return { outcome: 'succeeded', media, facts };
    } catch (error) {
      if (order.signal.aborted) {
        await report({ outcome: 'cancelled' });
        throw order.signal.reason as Stopped;
      }
      if (error instanceof NotApplicable) {
        await this.attempts.discard(id);
        return { outcome: 'not_applicable' };
      }
      const failure = refusedByGateway(session) ?? error;
      if (!(failure instanceof ProviderError)) {
        await report({ outcome: 'failed', error: new ProviderError('PROVIDER_BUG', String(error)) });
        throw error;
      }
      await report({ outcome: 'failed', error: failure });
      return { outcome: 'failed', error: failure };
    } finally {
      await fetch.close();
      session.close();
    }
  }

  private async download(
    order: AttemptOrder,
    { id, session, fetch, tries }: { id: string; session: EgressSession; fetch: EgressFetch; tries: Tries },
  ): Promise<DownloadedMedia> {
    const { request, provider, signal, limits } = order;
    const workDir = join(order.workDir, id);
    await mkdir(workDir, { recursive: true, mode: 0o700 });
    const call: ProviderCall = {
      link: { platform: request.platform, mediaKey: request.mediaKey, canonicalUrl: request.canonicalUrl },
      workDir,
      proxyUrl: session.proxyUrl,
      fetch,
      egress: DIRECT_EGRESS,
      limits,
      stallMs: this.config.stallSec * 1_000,
      signal,
    };
    return provider.download(call, {
      progress: (progress) => {
        order.onProgress(progress);
      },
      tried: (failed, next) => {
        tries.add(failed, next);
      },
    });
  }

  private async record(
    id: string,
    startedAt: Date,
    session: EgressSession,
    tries: Tries,
    ending: Ending,
  ): Promise<void> {
    const endedAt = this.clock.now();
    const ms = endedAt.getTime() - startedAt.getTime();
    const hosts = session.hosts();
    const busiest = [...hosts].sort((a, b) => b.bytes - a.bytes)[0];
    const { media, error } = ending;
    await this.attempts.end(id, {
      outcome: ending.outcome,
      endedAt,
      tries: tries.endedWith(error?.code ?? null).map((each) => ({ ...each, egress: DIRECT_EGRESS })),
      redirectChain: hosts.map(({ host }) => host),
      downloadHost: busiest?.host ?? null,
      downloadTimeMs: ms,
      errorClass: error?.class ?? null,
      errorCode: error?.code ?? null,
      message: error?.message.slice(0, 500) ?? null,
      ttfbMs: media?.ttfbMs ?? null,
      fileSizeBytes: media?.bytes ?? null,
      downloadSpeedBytesPerSec: media ? (media.bytes / Math.max(1, ms)) * 1_000 : null,
    });
  }
}

/** The tries of an attempt, in their order. */
class Tries {
  private readonly failed: ProviderTry[] = [];
  private current: ProviderTry['kind'] = 'first';

  add(failed: ProviderTry, next: ProviderTry['kind']): void {
    this.failed.push(failed);
    this.current = next;
  }

  endedWith(errorCode: ProviderTry['errorCode']): ProviderTry[] {
    return [...this.failed, { kind: this.current, errorCode }];
  }
}

interface Ending {
  outcome: 'succeeded' | 'failed' | 'cancelled';
  media?: DownloadedMedia;
  error?: ProviderError;
}

/** Whatever a program made of our refusal: the link led to a private address, and that is the asker's business. */
function refusedByGateway(session: EgressSession): ProviderError | null {
  const refused = session.refused();
  return refused === null ? null : new ProviderError('USER_URL', refused);
}
