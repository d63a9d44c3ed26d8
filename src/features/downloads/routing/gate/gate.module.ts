import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SlotsModule } from '../../../../platform/slots/slots.module.js';
import { CircuitOpening } from './circuit-opening.entity.js';
import { CircuitOpeningsRepository } from './circuit-openings.repository.js';
import { Circuits } from './circuits.js';
import { Decider } from './decider.js';
import { Gate } from './gate.js';
import { GateMemory } from './gate-memory.js';
import { GrantLeases } from './grant-leases.js';
import { RoutingHealth } from './routing.health.js';
import { Settlement } from './settlement.js';
import { SpendingRepository } from './spending.repository.js';
import { WithoutRedis } from './without-redis.js';

@Module({
  imports: [TypeOrmModule.forFeature([CircuitOpening]), SlotsModule],
  providers: [
    Gate,
    Circuits,
    CircuitOpeningsRepository,
    Decider,
    GateMemory,
    GrantLeases,
    RoutingHealth,
    Settlement,
    SpendingRepository,
    WithoutRedis,
  ],
  exports: [Circuits, Gate],
})
export class GateModule {}
