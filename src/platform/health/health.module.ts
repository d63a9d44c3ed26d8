import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { DatabaseHealth } from './parts/database.health.js';
import { MigrationsHealth } from './parts/migrations.health.js';
import { RedisHealth } from './parts/redis.health.js';
import { SANDBOX } from './sandbox.js';

@Module({
  imports: [DiscoveryModule],
  controllers: [HealthController],
  providers: [HealthService, DatabaseHealth, RedisHealth, MigrationsHealth],
})
export class HealthModule {
  static forRoot({ sandbox }: { sandbox: boolean }): DynamicModule {
    return { module: HealthModule, providers: [{ provide: SANDBOX, useValue: sandbox }] };
  }
}
