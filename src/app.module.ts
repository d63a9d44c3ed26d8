import { Module, type DynamicModule } from '@nestjs/common';
import { botModules } from './app.bots.js';
import { AccountsModule } from './features/accounts/index.js';
import { AudienceModule } from './features/audience/index.js';
import { BotMessagesModule } from './features/bot-messages/index.js';
import { CredentialsModule } from './features/credentials/index.js';
import { CreditsModule } from './features/credits/index.js';
import { DownloadsModule } from './features/downloads/index.js';
import { GenerationModule } from './features/generation/index.js';
import { NotificationsModule } from './features/notifications/index.js';
import { OpsModule } from './features/ops/index.js';
import { TasksModule } from './features/tasks/index.js';
import { AuthModule } from './platform/auth/auth.module.js';
import { ClockModule } from './platform/clock/clock.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Settings } from './platform/config/settings.js';
import { CryptoModule } from './platform/crypto/crypto.module.js';
import { DatabaseModule, type Migrations } from './platform/database/database.module.js';
import { DiscoveryModule } from './platform/discovery/discovery.module.js';
import { EgressModule } from './platform/egress/egress.module.js';
import { EventsModule } from './platform/events/events.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js';
import { LlmModule } from './platform/llm/llm.module.js';
import { LoggingModule } from './platform/logging/logging.module.js';
import { MediaModule } from './platform/media/media.module.js';
import { ProgramsModule } from './platform/programs/programs.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { RedisModule } from './platform/redis/redis.module.js';
import { SignedLinksModule } from './platform/signed-links/signed-links.module.js';
import { StandInsModule } from './platform/stand-ins/stand-ins.js';
import { StorageModule } from './platform/storage/storage.module.js';
import type { Sandbox } from './sandbox/index.js';
import { TelegramModule } from './telegram/index.js';

export interface AppParts {
  settings: Settings;
  migrations: Migrations;
  sandbox: Sandbox | null;
}

/** The composition root: the only place that knows every part. */
@Module({})
export class AppModule {
  static forRoot({ settings, migrations, sandbox }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(settings),
        LoggingModule,
        ClockModule,
        DiscoveryModule,
        DatabaseModule.forRoot(migrations),
        RedisModule,
        QueueModule,
        EventsModule,
        StorageModule,
        SignedLinksModule,
        CryptoModule,
        AuthModule,
        IdempotencyModule,
        HealthModule.forRoot({ sandbox: sandbox !== null }),
        HttpModule,
        LlmModule,
        EgressModule,
        ProgramsModule,
        MediaModule,
        StandInsModule.forRoot(sandbox ? { ...sandbox.apis, telegram: sandbox.apiRoot } : {}),
        AccountsModule,
        CredentialsModule,
        NotificationsModule,
        TasksModule,
        AudienceModule,
        BotMessagesModule,
        OpsModule,
        DownloadsModule,
        CreditsModule,
        GenerationModule,
        TelegramModule.forRoot(botModules(settings, sandbox?.apiRoot)),
      ],
    };
  }
}
