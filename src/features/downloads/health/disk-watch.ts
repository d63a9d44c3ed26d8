import { Inject, Injectable } from '@nestjs/common';
import { hostname } from 'node:os';
import { Every } from '../../../platform/queue/every.js';
import { Alerts } from '../../ops/index.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { DiskRoom } from '../flow/disk-room.js';
import { diskLow } from './alerts.js';

const GIB = 1_073_741_824;

/** Tells the operator when downloads wait for room on the disk. Of several machines, each tells of its own. */
@Injectable()
export class DiskWatch {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly disk: DiskRoom,
    private readonly alerts: Alerts,
  ) {}

  @Every({ name: 'downloads.disk', everyMs: 5_000 })
  async look(): Promise<void> {
    const subject = hostname();
    if (await this.disk.isThere()) {
      await this.alerts.resolve(diskLow, subject);
      return;
    }
    // Rounded down: what is short must not read as if it were enough.
    const freeGb = Math.floor(((await this.disk.freeBytes()) / GIB) * 10) / 10;
    await this.alerts.raise(diskLow, { subject, params: { freeGb, reserveGb: this.config.diskReserveGb } });
  }
}
