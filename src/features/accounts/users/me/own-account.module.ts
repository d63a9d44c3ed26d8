import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdempotencyModule } from '../../../../platform/idempotency/idempotency.module.js';
import { LimitsModule } from '../../limits/limits.module.js';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { UsersModule } from '../users.module.js';
import { AccountRemoval } from './account-removal.entity.js';
import { AccountRemovals } from './account-removals.js';
import { OwnAccount } from './own-account.js';
import { UsersController } from './users.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([AccountRemoval]), IdempotencyModule, LimitsModule, SessionsModule, UsersModule],
  controllers: [UsersController],
  providers: [AccountRemovals, OwnAccount],
  exports: [AccountRemovals],
})
export class OwnAccountModule {}
