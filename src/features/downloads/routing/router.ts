import { Injectable } from '@nestjs/common';
import { PLATFORMS, type Platform } from '../links/media-link.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import type { DownloadProvider } from './download-provider.entity.js';
import { route, type Candidate, type Decision } from './route.js';
import { RoutingRepository } from './routing.repository.js';

export interface RoutedProviders {
  decision: Decision;
  /** By name, as the operator has set them up. */
  providers: ReadonlyMap<string, DownloadProvider>;
}

/** Asks what is so, and lets `route` decide. */
@Injectable()
export class Router {
  constructor(
    private readonly routing: RoutingRepository,
    private readonly registry: ProviderRegistry,
  ) {}

  async decide(platform: Platform, durationSec: number | null): Promise<RoutedProviders> {
    const [rules, providers] = await Promise.all([this.routing.rules(), this.routing.providers()]);
    const candidates = await Promise.all(providers.map((provider) => this.candidate(provider)));
    return {
      decision: route({ platform, durationSec }, rules, candidates),
      providers: new Map(providers.map((provider) => [provider.name, provider])),
    };
  }

  private async candidate({ name, adapter, isActive }: DownloadProvider): Promise<Candidate> {
    const provider = this.registry.find(adapter);
    const readiness = provider && (await this.registry.readiness(provider));
    const platforms = readiness?.platforms ?? PLATFORMS;
    return {
      name,
      isActive,
      notReady: readiness?.ready ? null : (readiness?.reason ?? `There is no adapter called ${adapter}`),
      supports: (platform) => platforms.includes(platform),
    };
  }
}
