import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SlotsModule } from '../../../platform/slots/slots.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { DownloadProvider } from './download-provider.entity.js';
import { EgressEndpoint } from './egress-endpoint.entity.js';
import { GateModule } from './gate/gate.module.js';
import { Router } from './router.js';
import { RoutingRepository } from './routing.repository.js';
import { RoutingRule } from './routing-rule.entity.js';
import { RoutingTable } from './routing-table.js';

/** Whose turn it is. */
@Module({
  imports: [
    TypeOrmModule.forFeature([DownloadProvider, EgressEndpoint, RoutingRule]),
    ProvidersModule,
    GateModule,
    SlotsModule,
  ],
  providers: [Router, RoutingRepository, RoutingTable],
  exports: [Router, RoutingRepository, RoutingTable, ProvidersModule, GateModule],
})
export class RoutingModule {}
