import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { Injectable } from '@nestjs/common';
import { isRedisAway } from '../../../platform/redis/is-redis-away.js';
import { Redis } from '../../../platform/redis/redis.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import { KeyDesk } from '../keys/key-desk.js';
import type { GenerationError } from '../kie/error-class.js';
import { KieClient, type KieKey } from '../kie/kie-client.js';
import { Photos } from '../photos/photos.js';

/** KIE keeps what is uploaded for about a day. */
const KNOWN_FOR_SEC = 6 * 3_600;

export type HandedOver =
  | { ok: true; url: string }
  /** The upload was refused. */
  | { ok: false; error: GenerationError; key: KieKey }
  /** There is nothing that could be handed over, or nobody to do it with: it will not be better soon. */
  | { ok: false; error: GenerationError; key: null };

/** Makes the photo of a job readable for KIE: by an address of ours where it can be reached, else by an upload. */
@Injectable()
export class PhotoHandover {
  constructor(
    private readonly photos: Photos,
    private readonly keys: KeyDesk,
    private readonly kie: KieClient,
    private readonly redis: Redis,
  ) {}

  async urlFor({ photoKey, tgUserId }: GenerationJob): Promise<HandedOver> {
    const photo = await this.photos.own(tgUserId, photoKey);
    if (!photo) return { ok: false, error: PHOTO_GONE, key: null };
    const publicUrl = this.photos.publicUrl(photoKey);
    if (publicUrl !== null) return { ok: true, url: publicUrl };
    const choice = await this.keys.peek();
    if (choice.outcome === 'none') return { ok: false, error: choice.error, key: null };
    return this.uploaded(choice.key, photo);
  }

  private async uploaded(key: KieKey, photo: { key: string; contentType: string }): Promise<HandedOver> {
    const name = createHash('sha256').update(photo.key).digest('hex').slice(0, 32);
    const known = this.redis.key('generation', 'photo', key.account, name);
    const before = await this.unlessAway(this.redis.client.get(known));
    if (before !== null) return { ok: true, url: before };
    const fileName = name + posix.extname(photo.key);
    const answer = await this.kie.upload(key, { storageKey: photo.key, fileName, contentType: photo.contentType });
    if (!answer.ok) return { ...answer, key };
    await this.unlessAway(this.redis.client.set(known, answer.value, { EX: KNOWN_FOR_SEC }));
    return { ok: true, url: answer.value };
  }

  /** What Redis does not remember is uploaded anew. */
  private async unlessAway(asked: Promise<string | null>): Promise<string | null> {
    try {
      return await asked;
    } catch (error) {
      if (isRedisAway(error)) return null;
      throw error;
    }
  }
}

const PHOTO_GONE: GenerationError = {
  class: 'CONFIG',
  detail: null,
  code: 'PHOTO_GONE',
  message: 'The photo is not stored any more',
  retryAfterSec: null,
};
