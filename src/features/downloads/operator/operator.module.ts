import { Module } from '@nestjs/common';
import { RoutingModule } from '../routing/routing.module.js';
import { AttemptLogRepository } from './attempts/attempt-log.repository.js';
import { Changes } from './changes.js';
import { CircuitsController } from './circuits/circuits.controller.js';
import { OpenCircuits } from './circuits/open-circuits.js';
import { DownloadLogRepository } from './downloads/download-log.repository.js';
import { DownloadLog } from './downloads/download-log.js';
import { DownloadsController } from './downloads/downloads.controller.js';
import { EgressEndpointsController } from './egress-endpoints/egress-endpoints.controller.js';
import { EgressEndpointsRepository } from './egress-endpoints/egress-endpoints.repository.js';
import { EgressEndpointsService } from './egress-endpoints/egress-endpoints.service.js';
import { ProviderTest } from './providers/provider-test.js';
import { ProviderTrial } from './providers/provider-trial.js';
import { ProviderWorkController } from './providers/provider-work.controller.js';
import { ProviderWork } from './providers/provider-work.js';
import { ProvidersController } from './providers/providers.controller.js';
import { ProvidersRepository } from './providers/providers.repository.js';
import { ProvidersService } from './providers/providers.service.js';
import { TrialCalls } from './providers/trial-calls.js';
import { RoutingRulesController } from './routing-rules/routing-rules.controller.js';
import { RoutingRulesRepository } from './routing-rules/routing-rules.repository.js';
import { RoutingRulesService } from './routing-rules/routing-rules.service.js';
import { RuleTest } from './routing-rules/rule-test.js';
import { SlotLimits } from './slots/slot-limits.js';
import { SlotsController } from './slots/slots.controller.js';

/** What the operator sees and changes of downloads, over REST. */
@Module({
  imports: [RoutingModule],
  controllers: [
    ProvidersController,
    ProviderWorkController,
    EgressEndpointsController,
    RoutingRulesController,
    CircuitsController,
    SlotsController,
    DownloadsController,
  ],
  providers: [
    AttemptLogRepository,
    Changes,
    DownloadLog,
    DownloadLogRepository,
    EgressEndpointsRepository,
    EgressEndpointsService,
    OpenCircuits,
    ProviderTest,
    ProviderTrial,
    ProviderWork,
    ProvidersRepository,
    ProvidersService,
    RoutingRulesRepository,
    RoutingRulesService,
    RuleTest,
    SlotLimits,
    TrialCalls,
  ],
})
export class OperatorModule {}
