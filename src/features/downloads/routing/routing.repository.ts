import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Quota } from '../providers/provider.js';
import { DownloadProvider } from './download-provider.entity.js';
import { EgressEndpoint } from './egress-endpoint.entity.js';
import { RoutingRule } from './routing-rule.entity.js';
import { seededProviders, seededRules } from './seed.js';

@Injectable()
export class RoutingRepository implements OnModuleInit {
  constructor(private readonly database: Database) {}

  /**
   * A new installation gets the providers and rules it starts with, before anything is at work that would miss them; what
   * the operator has changed or deleted stays so.
   */
  async onModuleInit(): Promise<void> {
    await this.database.transaction(async () => {
      await this.database.lock('downloads.seed');
      if ((await this.database.repository(DownloadProvider).count()) > 0) return;
      await this.database.repository(DownloadProvider).insert(seededProviders);
      await this.database.repository(RoutingRule).insert(seededRules);
    });
  }

  async rules(): Promise<RoutingRule[]> {
    return this.database.repository(RoutingRule).find({ where: { isActive: true }, order: { priority: 'ASC' } });
  }

  async providers(): Promise<DownloadProvider[]> {
    return this.database.repository(DownloadProvider).find();
  }

  /** What its API told last of how much is left. */
  async noteQuota(provider: string, quota: Quota): Promise<void> {
    await this.database.repository(DownloadProvider).update({ name: provider }, { quota });
  }

  async egressEndpoints(): Promise<EgressEndpoint[]> {
    return this.database.repository(EgressEndpoint).findBy({ isActive: true });
  }
}
