import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CryptoModule } from '../../../platform/crypto/crypto.module.js';
import { KieModule } from '../kie/kie.module.js';
import { Balances } from './balances.js';
import { GenerationKey, keyContext } from './generation-key.entity.js';
import { KeyAlerts } from './key-alerts.js';
import { KeyDesk } from './key-desk.js';
import { KeyHealth } from './key-health.js';
import { KeySafe } from './key-safe.js';
import { KeySeeding } from './key-seeding.js';
import { KeyWatch } from './key-watch.js';
import { KeysRepository } from './keys.repository.js';
import { KieHealth } from './kie.health.js';
import { OpenKeys } from './open-keys.js';
import { KeyAlertActions } from './operator/key-alert-actions.js';
import { KeyTest } from './operator/key-test.js';
import { GenerationKeysController } from './operator/keys.controller.js';
import { KeysService } from './operator/keys.service.js';
import { QueryTurns } from './query-turns.js';

/** The keys of KIE and what they may do. */
@Module({
  imports: [
    TypeOrmModule.forFeature([GenerationKey]),
    CryptoModule.forFeature({ table: 'generation_keys', column: 'api_key', context: keyContext }),
    KieModule,
  ],
  controllers: [GenerationKeysController],
  providers: [
    Balances,
    KeyAlertActions,
    KeyAlerts,
    KeyDesk,
    KeyHealth,
    KeySafe,
    KeySeeding,
    KeyTest,
    KeyWatch,
    KeysRepository,
    KeysService,
    KieHealth,
    OpenKeys,
    QueryTurns,
  ],
  exports: [KeyDesk],
})
export class KeysModule {}
