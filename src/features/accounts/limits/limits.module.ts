import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NotificationsModule } from '../../notifications/index.js';
import { QuotaUsage } from './quota-usage.entity.js';
import { QuotaUsageRepository } from './quota-usage.repository.js';
import { Quotas } from './quotas.js';

@Module({
  imports: [TypeOrmModule.forFeature([QuotaUsage]), NotificationsModule],
  providers: [QuotaUsageRepository, Quotas],
  exports: [Quotas],
})
export class LimitsModule {}
