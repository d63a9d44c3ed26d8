import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { Every } from '../../../platform/queue/every.js';
import { sizeLimit } from './size-limit.js';

const LEFT_BEHIND_MS = 3_600_000;

/** Where photos are received before they are looked into. */
@Injectable()
export class PhotoWorkFolder {
  private readonly folder: string;

  constructor(
    @Inject(processConfig.key) { dataDir }: ProcessConfig,
    private readonly clock: Clock,
  ) {
    this.folder = join(dataDir, 'work', 'photos');
  }

  /**
   * Writes a stream down and lends the file, which is gone afterwards.
   * @throws TooManyBytes; what reading `source` throws
   */
  async receive<T>(source: Readable, maxBytes: number, work: (path: string) => Promise<T>): Promise<T> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, randomUUID());
    try {
      await pipeline(source, sizeLimit(maxBytes), createWriteStream(path, { mode: 0o600 }));
      return await work(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  /** What killed processes have left. */
  @Every({ name: 'generation.sweep-photos', everyMs: LEFT_BEHIND_MS })
  async sweep(): Promise<void> {
    const before = this.clock.now().getTime() - LEFT_BEHIND_MS;
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name);
      const facts = await stat(path).catch(() => null);
      if (facts && facts.mtimeMs < before) await rm(path, { force: true });
    }
  }
}
