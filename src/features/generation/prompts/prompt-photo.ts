import { buffer } from 'node:stream/consumers';
import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { LlmPart } from '../../../platform/llm/llm-client.js';
import { Storage } from '../../../platform/storage/storage.js';
import { GenerationPhoto } from '../photos/generation-photo.entity.js';

/** Photos that Telegram has scaled have no longer side. Larger ones cost more than they tell a model. */
const LONGEST_SIDE = 1_280;
const MOST_BYTES = 1024 * 1024;

/** The photo of a product, for a model to look at. */
@Injectable()
export class PromptPhoto {
  private readonly logger = new Logger(PromptPhoto.name);

  constructor(
    private readonly database: Database,
    private readonly storage: Storage,
  ) {}

  /** null: it is gone, or too large to be shown. */
  async load(key: string): Promise<LlmPart | null> {
    const photo = await this.database.repository(GenerationPhoto).findOneBy({ key });
    if (!photo || Math.max(photo.width, photo.height) > LONGEST_SIDE || photo.sizeBytes > MOST_BYTES) return null;
    try {
      const { stream } = await this.storage.open(key);
      return { type: 'image', contentType: photo.contentType, data: await buffer(stream) };
    } catch (error) {
      this.logger.warn({ err: error }, 'A prompt is written without the photo');
      return null;
    }
  }
}
