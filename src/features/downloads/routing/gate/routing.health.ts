import { Injectable } from '@nestjs/common';
import { ReportsHealth, type HealthPart, type PartState } from '../../../../platform/health/health-part.js';
import { isRedisAway } from '../../../../platform/redis/is-redis-away.js';
import { Redis } from '../../../../platform/redis/redis.js';

@Injectable()
@ReportsHealth()
export class RoutingHealth implements HealthPart {
  readonly name = 'routing';

  constructor(private readonly redis: Redis) {}

  async check(): Promise<PartState> {
    try {
      await this.redis.client.ping();
      return { status: 'ok' };
    } catch (error) {
      if (!isRedisAway(error)) throw error;
      return { status: 'degraded', reason: 'Redis is away: slots and rates are not counted, money is not set aside' };
    }
  }
}
