import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../../platform/auth/principal.js';
import { KeyRing } from '../../../../platform/crypto/key-ring.js';
import { mask } from '../../../../platform/crypto/mask.js';
import { ProviderRegistry } from '../../providers/provider-registry.js';
import { apiKeyContext, type DownloadProvider } from '../../routing/download-provider.entity.js';
import { Circuits } from '../../routing/gate/circuits.js';
import { Changes } from '../changes.js';
import { EgressEndpointsRepository } from '../egress-endpoints/egress-endpoints.repository.js';
import {
  providerInUse,
  providerNameTaken,
  providerNotFound,
  unknownAdapter,
  unknownEgress,
} from '../operator.errors.js';
import { usd } from '../usd.js';
import { RoutingRulesRepository } from '../routing-rules/routing-rules.repository.js';
import type { CreateProviderDto, UpdateProviderDto } from './provider-input.dto.js';
import type { ProvidersQuery } from './provider.dto.js';
import { ProvidersRepository } from './providers.repository.js';
import type { ShownProvider } from './shown-provider.js';

@Injectable()
export class ProvidersService {
  constructor(
    private readonly providers: ProvidersRepository,
    private readonly rules: RoutingRulesRepository,
    private readonly endpoints: EgressEndpointsRepository,
    private readonly registry: ProviderRegistry,
    private readonly keys: KeyRing,
    private readonly circuits: Circuits,
    private readonly changes: Changes,
  ) {}

  async page(query: ProvidersQuery): Promise<[ShownProvider[], number]> {
    const [providers, total] = await this.providers.page(query);
    return [providers.map((provider) => this.shown(provider)), total];
  }

  async get(id: string): Promise<ShownProvider> {
    return this.shown(await this.row(id));
  }

  /** With its key still encrypted. @throws DomainError `routing.provider_not_found` */
  async row(id: string): Promise<DownloadProvider> {
    const provider = await this.providers.find(id);
    if (!provider) throw providerNotFound();
    return provider;
  }

  async create(by: Principal, settings: CreateProviderDto): Promise<ShownProvider> {
    return this.changes.make(by, async () => {
      await this.check(settings);
      const id = randomUUID();
      if (!(await this.providers.insert({ id, ...this.columns(id, settings) }))) throw providerNameTaken(settings.name);
      const after = this.shown(await this.providers.get(id));
      return { action: 'provider.created', subject: subjectOf(after), before: null, after };
    });
  }

  async update(by: Principal, id: string, settings: UpdateProviderDto): Promise<ShownProvider> {
    return this.changes.make(by, async () => {
      const before = await this.get(id);
      await this.check(settings);
      await this.providers.update(id, this.columns(id, settings));
      const after = this.shown(await this.providers.get(id));
      return { action: 'provider.updated', subject: subjectOf(after), before, after };
    });
  }

  async delete(by: Principal, id: string): Promise<void> {
    await this.changes.make(by, async () => {
      const before = await this.get(id);
      if (await this.rules.hasInChain(before.name)) throw providerInUse(before.name);
      await this.providers.delete(id);
      await this.circuits.closeAllOf(before.name);
      return { action: 'provider.deleted', subject: subjectOf(before), before, after: null };
    });
  }

  private async check({ adapter, options }: UpdateProviderDto): Promise<void> {
    if (adapter !== undefined && !this.registry.find(adapter)) throw unknownAdapter(adapter);
    const unknown = await this.endpoints.unknown(options?.egress ?? []);
    if (unknown.length > 0) throw unknownEgress(unknown);
  }

  private columns(id: string, { apiKey, apiBaseUrl, ...settings }: UpdateProviderDto) {
    return {
      ...settings,
      apiBaseUrl: apiBaseUrl?.replace(/\/+$/, '') ?? apiBaseUrl,
      apiKey: typeof apiKey === 'string' ? this.keys.encrypt(apiKey, apiKeyContext(id)) : apiKey,
    };
  }

  private shown({ apiKey, ...provider }: DownloadProvider): ShownProvider {
    const { id, costPerDownloadUsd, dailyBudgetUsd, dailySpentUsd } = provider;
    return {
      ...provider,
      apiKeyMasked: apiKey === null ? null : this.masked(id, apiKey),
      costPerDownloadUsd: usd(costPerDownloadUsd),
      dailyBudgetUsd: dailyBudgetUsd === null ? null : usd(dailyBudgetUsd),
      dailySpentUsd: usd(dailySpentUsd),
    };
  }

  /** One that cannot be opened any more must not hide the provider: it is there to be replaced. */
  private masked(id: string, apiKey: string): string {
    try {
      return mask(this.keys.decrypt(apiKey, apiKeyContext(id)));
    } catch {
      return mask('');
    }
  }
}

const subjectOf = ({ name }: { name: string }) => `provider:${name}`;
