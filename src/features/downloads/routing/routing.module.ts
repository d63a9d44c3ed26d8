import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CryptoModule } from '../../../platform/crypto/crypto.module.js';
import { SlotsModule } from '../../../platform/slots/slots.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { apiKeyContext, DownloadProvider } from './download-provider.entity.js';
import { EgressEndpoint, egressUrlContext } from './egress-endpoint.entity.js';
import { GateModule } from './gate/gate.module.js';
import { Router } from './router.js';
import { RoutingRepository } from './routing.repository.js';
import { RoutingRule } from './routing-rule.entity.js';
import { RoutingTable } from './routing-table.js';

/** Whose turn it is. */
@Module({
  imports: [
    TypeOrmModule.forFeature([DownloadProvider, EgressEndpoint, RoutingRule]),
    CryptoModule.forFeature(
      { table: 'download_providers', column: 'api_key', context: apiKeyContext },
      { table: 'egress_endpoints', column: 'url', context: egressUrlContext },
    ),
    ProvidersModule,
    GateModule,
    SlotsModule,
  ],
  providers: [Router, RoutingRepository, RoutingTable],
  exports: [Router, RoutingRepository, RoutingTable, ProvidersModule, GateModule],
})
export class RoutingModule {}
