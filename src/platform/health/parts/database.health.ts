import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ReportsHealth, type HealthPart, type PartState } from '../health-part.js';

@Injectable()
@ReportsHealth()
export class DatabaseHealth implements HealthPart {
  readonly name = 'database';

  constructor(private readonly database: Database) {}

  async check(): Promise<PartState> {
    const [row] = await this.database.query<{ server_version: string }>('SHOW server_version');
    // Distributions append their own package version: «15.18 (Debian 15.18-0+deb12u1)».
    return { status: 'ok', version: row?.server_version.split(' ')[0] };
  }
}
