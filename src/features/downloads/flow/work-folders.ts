import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Clock } from '../../../platform/clock/clock.js';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { Every } from '../../../platform/queue/every.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { RequestsRepository } from '../requests/requests.repository.js';

/** Where downloads are worked on: a folder for each request, gone when the work ends; what a killed process left is swept. */
@Injectable()
export class WorkFolders implements OnApplicationBootstrap {
  private readonly root: string;

  constructor(
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly requests: RequestsRepository,
    private readonly clock: Clock,
  ) {
    this.root = join(process.dataDir, 'work', 'downloads');
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.process.roles.includes('worker')) await this.sweep();
  }

  of(requestId: string): string {
    return join(this.root, requestId);
  }

  @Every({ name: 'downloads.sweep-folders', everyMs: 600_000 })
  async sweep(): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    for (const requestId of await readdir(this.root)) {
      if (await this.isLeftOver(requestId)) await rm(this.of(requestId), { recursive: true, force: true });
    }
  }

  private async isLeftOver(requestId: string): Promise<boolean> {
    const request = await this.requests.find(requestId).catch(() => null);
    const leaseUntil = request?.leaseUntil ?? null;
    const isHeld = leaseUntil !== null && leaseUntil > this.clock.now();
    return !isHeld || (await this.isOld(requestId));
  }

  private async isOld(requestId: string): Promise<boolean> {
    const facts = await stat(this.of(requestId)).catch(() => null);
    if (!facts) return false;
    return this.clock.now().getTime() - facts.mtimeMs > this.config.keepTempHours * 3_600_000;
  }
}
