import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EgressGateway, type EgressSession } from '../../../../platform/egress/index.js';
import { EgressFetch } from '../../../../platform/http/index.js';
import type { DownloadSink, Progress, ProviderCall, ProviderSetup, ProviderTry, Quota } from '../provider.js';

/** A sink that keeps what it is told. */
export class RecordingSink implements DownloadSink {
  readonly steps: Progress[] = [];
  readonly tries: ProviderTry[] = [];
  readonly charges: number[] = [];
  readonly quotas: Quota[] = [];

  constructor(private readonly onProgress: (progress: Progress) => void = () => undefined) {}

  progress(progress: Progress): void {
    this.steps.push(progress);
    this.onProgress(progress);
  }

  tried(failed: ProviderTry): void {
    this.tries.push(failed);
  }

  charged(factor: number): void {
    this.charges.push(factor);
  }

  quota(quota: Quota): void {
    this.quotas.push(quota);
  }
}

export const SCRIPTED_URL = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';

/** Of a provider that runs on this machine. */
export const localSetup: ProviderSetup = { name: 'local', baseUrl: null, apiHost: null, apiKey: null, options: {} };

/** A call for a video of YouTube, of a provider that never reaches it: its programs only play what a test has written. */
export const scriptedCall = (changes: Partial<ProviderCall>): ProviderCall => ({
  link: { platform: 'youtube', mediaKey: 'youtube:dQw4w9WgXcQ', canonicalUrl: SCRIPTED_URL },
  workDir: '/job',
  proxyUrl: 'http://127.0.0.1:1',
  fetch: {} as EgressFetch,
  egress: 'direct',
  setup: localSetup,
  wish: { quality: 'best', kind: 'video' },
  durationSec: null,
  resume: null,
  limits: { maxBytes: 2_000, maxDurationSec: 60 },
  stallMs: 30_000,
  signal: new AbortController().signal,
  ...changes,
});

export interface OpenCall extends ProviderCall {
  session: EgressSession;
}

type Wishes = Partial<
  Pick<ProviderCall, 'stallMs' | 'signal' | 'setup' | 'wish' | 'durationSec' | 'resume' | 'link'>
> & {
  maxBytes?: number;
};

/** What a provider is called with, for real: folders, a gateway that lets it reach one site, and the way through it. */
export class ProviderWorld {
  private readonly open: OpenCall[] = [];

  private constructor(
    private readonly gateway: EgressGateway,
    private readonly folder: string,
  ) {}

  /** @param site `host:port` of the only private address that may be reached */
  static async create(site: string): Promise<ProviderWorld> {
    const gateway = new EgressGateway({ allowedPrivateHosts: [site] });
    await gateway.start();
    return new ProviderWorld(gateway, await mkdtemp(join(tmpdir(), 'provider-')));
  }

  /** A call for a direct link. */
  async call(url: string, { maxBytes = 100_000_000, ...wishes }: Wishes = {}): Promise<OpenCall> {
    const id = randomUUID();
    const workDir = join(this.folder, id);
    await mkdir(workDir);
    const session = this.gateway.open({ id });
    const call: OpenCall = {
      link: { platform: 'direct', mediaKey: `direct:${id}`, canonicalUrl: url },
      workDir,
      proxyUrl: session.proxyUrl,
      fetch: new EgressFetch(session),
      session,
      egress: 'direct',
      setup: localSetup,
      wish: { quality: 'best', kind: 'video' },
      durationSec: null,
      resume: null,
      limits: { maxBytes, maxDurationSec: 3_600 },
      stallMs: 10_000,
      signal: new AbortController().signal,
      ...wishes,
    };
    this.open.push(call);
    return call;
  }

  async destroy(): Promise<void> {
    for (const { fetch, session } of this.open) {
      await fetch.close();
      session.close();
    }
    await this.gateway.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
