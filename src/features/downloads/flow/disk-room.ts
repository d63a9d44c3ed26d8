import { Inject, Injectable } from '@nestjs/common';
import { mkdir, statfs } from 'node:fs/promises';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';

const GIB = 1_073_741_824;
/** Picture and sound come apart and are put together: for a moment all of it is there twice, and a bit. */
const WORKING_FACTOR = 2.2;

/** Whether there is room for another download on the disk that they are worked on. */
@Injectable()
export class DiskRoom {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    @Inject(processConfig.key) private readonly process: ProcessConfig,
  ) {}

  /** @param sizeBytes as far as it is known */
  async isThere(sizeBytes: number | null = null): Promise<boolean> {
    const needed = this.config.diskReserveGb * GIB + (sizeBytes ?? 0) * WORKING_FACTOR;
    return (await this.freeBytes()) >= needed;
  }

  async freeBytes(): Promise<number> {
    await mkdir(this.process.dataDir, { recursive: true });
    const { bavail, bsize } = await statfs(this.process.dataDir);
    return bavail * bsize;
  }
}
