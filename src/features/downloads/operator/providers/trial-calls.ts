import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { KeyRing } from '../../../../platform/crypto/key-ring.js';
import { EgressGateway } from '../../../../platform/egress/index.js';
import { EgressFetch } from '../../../../platform/http/index.js';
import { downloadsConfig, type DownloadsConfig } from '../../downloads.config.js';
import { ProviderError } from '../../errors/provider-error.js';
import type { MediaLink } from '../../links/media-link.js';
import { Waiting, type ProviderCall, type ProviderSetup } from '../../providers/provider.js';
import { egressUrlContext, OWN_EGRESS } from '../../routing/egress-endpoint.entity.js';
import { EgressEndpointsRepository } from '../egress-endpoints/egress-endpoints.repository.js';

const MOST_BYTES = 200_000_000;

export interface Trial {
  link: MediaLink;
  setup: ProviderSetup;
  signal: AbortSignal;
}

/** Calls of providers that belong to no download: with a folder and the first way out that is in use, both lent. */
@Injectable()
export class TrialCalls {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly egress: EgressGateway,
    private readonly endpoints: EgressEndpointsRepository,
    private readonly keys: KeyRing,
  ) {}

  /** @throws what `work` throws; ProviderError `EGRESS_DOWN` without a way out, `USER_URL` for a private address */
  async lend<T>({ link, setup, signal }: Trial, work: (call: ProviderCall) => Promise<T>): Promise<T> {
    const way = await this.wayOut(setup);
    const stallMs = this.config.stallSec * 1_000;
    const session = this.egress.open({ id: `test-${randomUUID()}`, egress: way });
    const fetch = new EgressFetch(session, { stallTimeoutMs: stallMs });
    const workDir = await mkdtemp(join(tmpdir(), 'nexus-provider-test-'));
    try {
      return await work({
        link,
        workDir,
        proxyUrl: session.proxyUrl,
        fetch,
        egress: way.name,
        setup,
        wish: { quality: 'best', kind: 'video' },
        durationSec: null,
        resume: null,
        limits: { maxBytes: MOST_BYTES, maxDurationSec: this.config.maxDurationSec },
        stallMs,
        signal,
      });
    } catch (error) {
      const refused = session.refused();
      throw refused === null || error instanceof Waiting ? error : new ProviderError('USER_URL', refused);
    } finally {
      await fetch.close();
      session.close();
      await rm(workDir, { recursive: true, force: true });
    }
  }

  private async wayOut({ options }: ProviderSetup): Promise<{ name: string; url?: string }> {
    for (const name of options.egress ?? [OWN_EGRESS]) {
      if (name === OWN_EGRESS) return { name };
      const endpoint = await this.endpoints.findActive(name);
      if (endpoint) return { name, url: this.keys.decrypt(endpoint.url, egressUrlContext(endpoint.id)) };
    }
    throw new ProviderError('EGRESS_DOWN', 'None of its ways out is in use');
  }
}
