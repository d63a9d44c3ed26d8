import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Clock } from '../../../platform/clock/clock.js';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { Every } from '../../../platform/queue/every.js';
import { Storage } from '../../../platform/storage/storage.js';
import { STORAGE_FOLDER, storageFolderOf } from '../delivery/storage-folder.js';
import { FINAL } from '../requests/request-state.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { RequestsRepository } from '../requests/requests.repository.js';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** `{requestId}.{claim}` */
const FOLDER = new RegExp(`^(${UUID})\\.(${UUID})$`);

/**
 * Where downloads are worked on: a folder for each claim, gone when the work ends. What a killed process left is swept,
 * here and in the storage.
 */
@Injectable()
export class WorkFolders implements OnApplicationBootstrap {
  private readonly root: string;

  constructor(
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    private readonly requests: RequestsRepository,
    private readonly storage: Storage,
    private readonly clock: Clock,
  ) {
    this.root = join(process.dataDir, 'work', 'downloads');
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.process.roles.includes('worker')) await this.sweep();
  }

  /** Made, for this claim alone. */
  async make({ id, claim }: DownloadRequest): Promise<string> {
    const folder = join(this.root, `${id}.${String(claim)}`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  @Every({ name: 'downloads.sweep-folders', everyMs: 60_000 })
  async sweep(): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.root)) {
      if (!(await this.isInUse(name))) await rm(join(this.root, name), { recursive: true, force: true });
    }
    for (const requestId of await this.storage.list(STORAGE_FOLDER)) {
      if (await this.isOver(requestId)) await this.storage.remove(storageFolderOf(requestId));
    }
  }

  private async isInUse(name: string): Promise<boolean> {
    const [, requestId, claim] = FOLDER.exec(name) ?? [];
    const request = requestId === undefined ? null : await this.requests.find(requestId);
    return request?.claim === claim && isAfter(request?.leaseUntil, this.clock.now());
  }

  private async isOver(requestId: string): Promise<boolean> {
    if (!new RegExp(`^${UUID}$`).test(requestId)) return true;
    const request = await this.requests.find(requestId);
    return !request || FINAL.includes(request.state);
  }
}

function isAfter(time: Date | null | undefined, now: Date): boolean {
  return time !== null && time !== undefined && time > now;
}
