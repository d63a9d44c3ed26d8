import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { ReportsHealth, type HealthPart, type PartState } from '../../../platform/health/health-part.js';

/** Where every provider leaves what it fetches: whether anything can be written there. */
@Injectable()
@ReportsHealth()
export class WorkFolderHealth implements HealthPart {
  readonly name = 'work-folder';
  private readonly folder: string;

  constructor(@Inject(processConfig.key) { dataDir }: Pick<ProcessConfig, 'dataDir'>) {
    this.folder = join(dataDir, 'work', 'downloads');
  }

  async check(): Promise<PartState> {
    const sample = join(this.folder, `.write-test-${process.pid}`);
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeFile(sample, 'x');
      await rm(sample, { force: true });
      return { status: 'ok' };
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      return { status: 'unavailable', reason: `downloads cannot be written to disk: ${code}` };
    }
  }
}
