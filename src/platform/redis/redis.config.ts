import { text } from '../config/setting.js';
import { defineConfig, type ConfigOf } from '../config/settings.js';

export const redisConfig = defineConfig('Redis', {
  url: text('REDIS_URL', {
    secret: true,
    whenUnset: 'embedded',
    description: 'redis://…, rediss://… or unix:///path.sock; without it Nexus starts one of its own',
  }),
});

export type RedisConfig = ConfigOf<typeof redisConfig>;
