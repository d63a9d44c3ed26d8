import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../../platform/auth/principal.js';
import { Clock } from '../../../../platform/clock/clock.js';
import type { MediaLink } from '../../links/media-link.js';
import { tellLink } from '../../links/tell-link.js';
import { ProviderRegistry } from '../../providers/provider-registry.js';
import { Circuits } from '../../routing/gate/circuits.js';
import { providerCircuit } from '../../routing/gate/circuit-key.js';
import { Changes } from '../changes.js';
import { linkUnsupported } from '../operator.errors.js';
import { ProviderTrial, type TrialResult } from './provider-trial.js';
import { ProvidersService } from './providers.service.js';

export type ProviderTestResult = TrialResult & { ms: number };

/** The operator's test of a provider. One that passes lets requests through to it again. */
@Injectable()
export class ProviderTest {
  constructor(
    private readonly providers: ProvidersService,
    private readonly registry: ProviderRegistry,
    private readonly trial: ProviderTrial,
    private readonly circuits: Circuits,
    private readonly changes: Changes,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `routing.provider_not_found`, `downloads.link_unsupported`, `routing.test_url_required` */
  async run(by: Principal, id: string, url?: string): Promise<ProviderTestResult> {
    const row = await this.providers.row(id);
    const link = url === undefined ? null : tell(url);
    const startedAt = this.clock.now().getTime();
    const result = await this.trial.run(row, link);
    const ms = this.clock.now().getTime() - startedAt;
    if (result.ok) await this.letThrough(by, row.name);
    // Whatever was found before, it has just been seen.
    this.registry.forget(row);
    return { ...result, ms };
  }

  private async letThrough(by: Principal, provider: string): Promise<void> {
    const key = providerCircuit(provider);
    const circuit = (await this.circuits.list()).find((each) => each.key === key);
    if (!circuit) return;
    await this.changes.make(by, async () => {
      await this.circuits.close(key);
      return { action: 'provider.tested', subject: `provider:${provider}`, before: { circuit }, after: { ok: true } };
    });
  }
}

/** Whoever tests a provider has chosen it: a link of no platform is one for it as well. */
function tell(url: string): MediaLink {
  const link = tellLink(url, { directEnabled: true });
  if ('refused' in link) throw linkUnsupported();
  return link;
}
