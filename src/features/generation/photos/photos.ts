import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { Database } from '../../../platform/database/database.js';
import { MediaError, pictureFacts, type PictureFacts } from '../../../platform/media/index.js';
import { Storage } from '../../../platform/storage/storage.js';
import { publicBase } from '../public-base.js';
import type { GenerationPhoto } from './generation-photo.entity.js';
import { photoKind } from './photo-kinds.js';
import { PhotoLinks } from './photo-links.js';
import { PhotoWorkFolder } from './photo-work-folder.js';
import { PhotosRepository } from './photos.repository.js';
import { TooManyBytes } from './size-limit.js';
import { WelcomeCredits } from './welcome-credits.js';

/** Of the shorter side: models refuse less. */
const LEAST_PIXELS = 300;
/** Of the longer side: models refuse more. */
const MOST_PIXELS = 6_000;
const STORAGE_FOLDER = 'generation/photos';

export type PhotoOutcome =
  | { outcome: 'accepted'; photo: GenerationPhoto; welcomeCredits: number }
  | { outcome: 'wrong_type' }
  | { outcome: 'too_large'; limitMb: number }
  | { outcome: 'too_small'; minPixels: number }
  | { outcome: 'too_many_pixels'; maxPixels: number };

/** Pictures of products: JPEG, PNG and WebP up to 10 MB and 6,000 pixels a side, looked into rather than believed. */
@Injectable()
export class Photos {
  /** Of a file that is accepted. */
  readonly limitMb = 10;
  readonly maxBytes = this.limitMb * 1024 * 1024;

  constructor(
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    private readonly database: Database,
    private readonly photos: PhotosRepository,
    private readonly storage: Storage,
    private readonly welcome: WelcomeCredits,
    private readonly links: PhotoLinks,
    private readonly workFolder: PhotoWorkFolder,
  ) {}

  /**
   * Stores what somebody has sent; the first accepted one brings welcome credits.
   * @throws what reading `file` throws
   */
  async accept(tgUserId: number, file: Readable): Promise<PhotoOutcome> {
    try {
      return await this.workFolder.receive(file, this.maxBytes, (path) => this.take(tgUserId, path));
    } catch (error) {
      if (error instanceof TooManyBytes) return { outcome: 'too_large', limitMb: this.limitMb };
      throw error;
    }
  }

  /** @returns null when it is not his, or gone */
  async own(tgUserId: number, key: string): Promise<GenerationPhoto | null> {
    const photo = await this.photos.own(tgUserId, key);
    return photo && (await this.storage.exists(key)) ? photo : null;
  }

  /** An address that KIE can read it at, for an hour: only when `PUBLIC_BASE_URL` is https and not loopback, else null. */
  publicUrl(key: string): string | null {
    const base = publicBase(this.process);
    return base && `${base}/api/v1/generation/photos/${this.links.make(posix.basename(key))}`;
  }

  /** What a token opens; null when it opens nothing. */
  async shown(token: string): Promise<GenerationPhoto | null> {
    const name = this.links.read(token);
    return name === null ? null : this.photos.find(`${STORAGE_FOLDER}/${name}`);
  }

  private async take(tgUserId: number, path: string): Promise<PhotoOutcome> {
    const facts = await pictureFacts(path).catch((error: unknown) => {
      if (error instanceof MediaError) return null;
      throw error;
    });
    const kind = facts && photoKind(facts.format);
    if (!facts || !kind) return { outcome: 'wrong_type' };
    if (Math.min(facts.width, facts.height) < LEAST_PIXELS) return { outcome: 'too_small', minPixels: LEAST_PIXELS };
    if (Math.max(facts.width, facts.height) > MOST_PIXELS)
      return { outcome: 'too_many_pixels', maxPixels: MOST_PIXELS };
    const key = `${STORAGE_FOLDER}/${randomUUID()}.${kind.extension}`;
    return this.database.transaction(async () => {
      await this.keep(key, path);
      const photo = await this.photos.insert({ key, tgUserId, contentType: kind.contentType, ...sizesOf(facts) });
      return { outcome: 'accepted', photo, welcomeCredits: await this.welcome.give(tgUserId) };
    });
  }

  /** A file whose row was not committed is nobody's. */
  private async keep(key: string, path: string): Promise<void> {
    let isCommitted = false;
    await this.database.afterCommit(() => {
      isCommitted = true;
    });
    await this.database.afterwards(async () => {
      if (!isCommitted) await this.storage.remove(key);
    });
    await this.storage.adopt(key, path);
  }
}

function sizesOf({ width, height, sizeBytes }: PictureFacts) {
  return { width, height, sizeBytes };
}
