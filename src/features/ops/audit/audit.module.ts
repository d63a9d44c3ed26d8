import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditLog } from './audit-log.js';
import { AuditRecord } from './audit-record.entity.js';
import { AuditRepository } from './audit.repository.js';

/** Apart from the other operations: who only writes down what has been done needs no alerts. */
@Module({
  imports: [TypeOrmModule.forFeature([AuditRecord])],
  providers: [AuditLog, AuditRepository],
  exports: [AuditLog, AuditRepository],
})
export class AuditModule {}
