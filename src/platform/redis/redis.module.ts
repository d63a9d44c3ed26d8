import { Global, Module } from '@nestjs/common';
import { redisConfig, type RedisConfig } from './redis.config.js';
import { Redis } from './redis.js';
import { TokenBuckets } from './token-bucket.js';

@Global()
@Module({
  providers: [
    { provide: Redis, inject: [redisConfig.key], useFactory: (config: RedisConfig) => Redis.connect(config) },
    TokenBuckets,
  ],
  exports: [Redis, TokenBuckets],
})
export class RedisModule {}
