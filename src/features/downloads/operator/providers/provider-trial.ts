import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { DomainError } from '../../../../platform/errors/domain-error.js';
import { Media } from '../../../../platform/media/index.js';
import { NotApplicable, ProviderError } from '../../errors/provider-error.js';
import { shownFacts, verifyDownload } from '../../flow/verify-download.js';
import { PLATFORMS, type MediaLink, type Platform } from '../../links/media-link.js';
import {
  Waiting,
  type DownloadSink,
  type DownloadedMedia,
  type MediaFacts,
  type Provider,
  type ProviderCall,
  type ProviderReadiness,
  type ProviderSetup,
} from '../../providers/provider.js';
import { ProviderRegistry } from '../../providers/provider-registry.js';
import { ProviderSetups } from '../../providers/provider-setups.js';
import type { DownloadProvider } from '../../routing/download-provider.entity.js';
import { testUrlRequired } from '../operator.errors.js';
import { TrialCalls } from './trial-calls.js';

/** An answer comes within a minute, which is how long a caller waits and a write with a key may run. */
const LONGEST_MS = 50_000;

/** The oldest video of YouTube: short, and as sure to stay as any. */
const USUAL_LINK: MediaLink = {
  platform: 'youtube',
  mediaKey: 'youtube:jNQXAC9IVRw',
  canonicalUrl: 'https://www.youtube.com/watch?v=jNQXAC9IVRw',
};

export type TrialMedia = Pick<MediaFacts, 'title' | 'durationSec' | 'sizeBytes' | 'width' | 'height'>;

export type TrialResult = { ok: true; media?: TrialMedia } | { ok: false; error: ProviderError };

/** Asks a provider for something, for real, but for nobody: no circuit, budget or slot is asked, no attempt is kept. */
@Injectable()
export class ProviderTrial {
  private readonly logger = new Logger(ProviderTrial.name);

  constructor(
    private readonly registry: ProviderRegistry,
    private readonly setups: ProviderSetups,
    private readonly calls: TrialCalls,
    private readonly media: Media,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether it can work here, then what it says of a link, or where it cannot say anything for free: what it fetches.
   * @param given null: something that is always there
   * @throws DomainError `routing.test_url_required`
   */
  async run(row: DownloadProvider, given: MediaLink | null): Promise<TrialResult> {
    const adapter = this.registry.find(row.adapter);
    const setup = this.setupOf(row);
    if (!adapter) return failed('CONFIG', `There is no adapter called ${row.adapter}`);
    if (!setup) return failed('CONFIG', 'Its key cannot be decrypted any more');
    const { ready, reason, platforms = PLATFORMS } = await readinessOf(adapter, setup);
    if (!ready) return failed('CONFIG', reason ?? 'It cannot work here');
    return this.ask(adapter, setup, given ?? usualLink(platforms));
  }

  private async ask(adapter: Provider, setup: ProviderSetup, link: MediaLink): Promise<TrialResult> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    try {
      const media = await this.calls.lend({ link, setup, signal }, (call) =>
        adapter.probe ? adapter.probe(call) : this.fetched(adapter, call),
      );
      return { ok: true, media };
    } catch (error) {
      if (signal.aborted) return failed('STALL', `It took more than ${LONGEST_MS / 1_000} s`);
      if (error instanceof ProviderError) return { ok: false, error };
      if (error instanceof NotApplicable) return failed('USER_URL', error.message);
      this.logger.warn({ err: error, provider: setup.name }, 'A test of a provider failed in an unknown way');
      return failed('PROVIDER_BUG', String(error));
    }
  }

  private async fetched(adapter: Provider, call: ProviderCall): Promise<TrialMedia> {
    const downloaded = await this.download(adapter, call);
    const [first] = await verifyDownload(this.media, downloaded);
    return { title: downloaded.title, ...shownFacts(first) };
  }

  /** Also waits for outside jobs: here nobody else could. */
  private async download(adapter: Provider, call: ProviderCall): Promise<DownloadedMedia> {
    try {
      return await adapter.download(call, NOBODY);
    } catch (error) {
      if (!(error instanceof Waiting)) throw error;
      await this.clock.delay(error.afterMs, call.signal);
      return this.download(adapter, { ...call, resume: error.resume });
    }
  }

  /** @returns null when its key was encrypted with one that is gone */
  private setupOf(row: DownloadProvider): ProviderSetup | null {
    try {
      return this.setups.of(row);
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}

const NOBODY: DownloadSink = {
  progress: () => undefined,
  tried: () => undefined,
  charged: () => undefined,
  quota: () => undefined,
};

function readinessOf(adapter: Provider, setup: ProviderSetup): Promise<ProviderReadiness> {
  return adapter.readiness(setup).catch((error: unknown) => ({ ready: false, reason: String(error) }));
}

function usualLink(platforms: readonly Platform[]): MediaLink {
  if (!platforms.includes(USUAL_LINK.platform)) throw testUrlRequired();
  return USUAL_LINK;
}

function failed(code: ProviderError['code'], message: string): TrialResult {
  return { ok: false, error: new ProviderError(code, message) };
}
