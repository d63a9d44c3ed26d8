import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Alert } from './alerts/alert.entity.js';
import { AlertActions } from './alerts/alert-actions.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { Alerts } from './alerts/alerts.js';
import { AlertsRepository } from './alerts/alerts.repository.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditModule } from './audit/audit.module.js';
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
  imports: [AuditModule, TypeOrmModule.forFeature([Alert, ErrorEntry])],
  controllers: [AlertsController, AuditController, ErrorsController],
  providers: [
    AlertActions,
    Alerts,
    AlertsRepository,
    ErrorLog,
    ErrorsRepository,
    ErrorsService,
    OperatorCalendar,
    Retention,
  ],
  exports: [AlertActions, Alerts, AuditModule, ErrorLog, OperatorCalendar],
})
export class OpsModule {}
