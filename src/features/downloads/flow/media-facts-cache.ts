import { Injectable } from '@nestjs/common';
import { Redis } from '../../../platform/redis/redis.js';
import { isRedisAway } from '../../../platform/redis/is-redis-away.js';
import type { MediaFacts } from '../providers/provider.js';

const KEEP_SEC = 24 * 3_600;

/** What has been learnt of media, for a day. It may be forgotten: then they are probed again. */
@Injectable()
export class MediaFactsCache {
  constructor(private readonly redis: Redis) {}

  async find(mediaKey: string): Promise<MediaFacts | null> {
    const json = await this.redis.client.get(this.key(mediaKey)).catch(withoutRedis);
    return json === null ? null : (JSON.parse(json) as MediaFacts);
  }

  async keep(mediaKey: string, facts: MediaFacts): Promise<void> {
    const expiration = { type: 'EX', value: KEEP_SEC } as const;
    await this.redis.client.set(this.key(mediaKey), JSON.stringify(facts), { expiration }).catch(withoutRedis);
  }

  private key(mediaKey: string): string {
    return this.redis.key('media-facts', mediaKey);
  }
}

function withoutRedis(error: unknown): null {
  if (isRedisAway(error)) return null;
  throw error;
}
