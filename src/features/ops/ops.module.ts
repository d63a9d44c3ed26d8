import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Alert } from './alerts/alert.entity.js';
import { AlertActions } from './alerts/alert-actions.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { Alerts } from './alerts/alerts.js';
import { AlertsRepository } from './alerts/alerts.repository.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditLog } from './audit/audit-log.js';
import { AuditRecord } from './audit/audit-record.entity.js';
import { AuditRepository } from './audit/audit.repository.js';
import { OperatorCalendar } from './calendar/operator-calendar.js';
import { ErrorEntry } from './errors/error-entry.entity.js';
import { ErrorLog } from './errors/error-log.js';
import { ErrorsController } from './errors/errors.controller.js';
import { ErrorsRepository } from './errors/errors.repository.js';
import { ErrorsService } from './errors/errors.service.js';
import { Retention } from './retention.js';

/** Needs a global module that provides `AlertsFrontend`. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Alert, AuditRecord, ErrorEntry])],
  controllers: [AlertsController, AuditController, ErrorsController],
  providers: [
    AlertActions,
    Alerts,
    AlertsRepository,
    AuditLog,
    AuditRepository,
    ErrorLog,
    ErrorsRepository,
    ErrorsService,
    OperatorCalendar,
    Retention,
  ],
  exports: [AlertActions, Alerts, AuditLog, ErrorLog, OperatorCalendar],
})
export class OpsModule {}
