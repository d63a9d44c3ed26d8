import { buffer } from 'node:stream/consumers';
import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { LlmPart } from '../../../platform/llm/llm-client.js';
import { Media } from '../../../platform/media/index.js';
import { Storage } from '../../../platform/storage/storage.js';
import { GenerationPhoto } from '../photos/generation-photo.entity.js';

/** Photos that Telegram has scaled have no longer side, and go as they are. Larger ones cost more than they tell a model. */
const LONGEST_SIDE = 1_280;
const MOST_BYTES = 1024 * 1024;
const SMALL_SIDE = 1_024;

/** The photo of a product, for a model to look at. */
@Injectable()
export class PromptPhoto {
  private readonly logger = new Logger(PromptPhoto.name);

  constructor(
    private readonly database: Database,
    private readonly storage: Storage,
    private readonly media: Media,
  ) {}

  /** null: it is gone, or cannot be shown. @throws the signal's reason when it was aborted */
  async load(key: string, signal: AbortSignal): Promise<LlmPart | null> {
    const photo = await this.database.repository(GenerationPhoto).findOneBy({ key });
    if (!photo) return null;
    try {
      return isSmall(photo) ? await this.asItIs(photo) : await this.madeSmall(photo, signal);
    } catch (error) {
      signal.throwIfAborted();
      this.logger.warn({ err: error }, 'A prompt is written without the photo');
      return null;
    }
  }

  private async asItIs({ key, contentType }: GenerationPhoto): Promise<LlmPart> {
    const { stream } = await this.storage.open(key);
    return { type: 'image', contentType, data: await buffer(stream) };
  }

  private async madeSmall({ key }: GenerationPhoto, signal: AbortSignal): Promise<LlmPart | null> {
    const path = this.storage.localPath(key);
    if (path === null) return null;
    const data = await this.media.smallPicture(path, { longestSide: SMALL_SIDE, signal });
    return { type: 'image', contentType: 'image/jpeg', data };
  }
}

function isSmall({ width, height, sizeBytes }: GenerationPhoto): boolean {
  return Math.max(width, height) <= LONGEST_SIDE && sizeBytes <= MOST_BYTES;
}
