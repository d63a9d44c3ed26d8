import { Injectable } from '@nestjs/common';
import { Redis } from '../../redis/redis.js';
import { ReportsHealth, type HealthPart, type PartState } from '../health-part.js';

@Injectable()
@ReportsHealth()
export class RedisHealth implements HealthPart {
  readonly name = 'redis';

  constructor(private readonly redis: Redis) {}

  async check(): Promise<PartState> {
    const info = await this.redis.client.info('server');
    return { status: 'ok', version: /^redis_version:(\S+)/m.exec(info)?.[1] };
  }
}
