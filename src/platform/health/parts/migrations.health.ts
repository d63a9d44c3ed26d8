import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ReportsHealth, type HealthPart, type PartState } from '../health-part.js';

/** Whether the schema is the one this version was written for: another version may share the database. */
@Injectable()
@ReportsHealth()
export class MigrationsHealth implements HealthPart {
  readonly name = 'migrations';

  constructor(private readonly database: Database) {}

  async check(): Promise<PartState> {
    const pending = await this.database.manager.dataSource.showMigrations();
    return pending ? { status: 'unavailable', reason: 'some are pending' } : { status: 'ok' };
  }
}
