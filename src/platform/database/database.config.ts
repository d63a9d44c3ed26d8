import { number, text } from '../config/setting.js';
import { defineConfig, type ConfigOf } from '../config/settings.js';

export const databaseConfig = defineConfig('PostgreSQL', {
  url: text('DATABASE_URL', {
    secret: true,
    whenUnset: 'embedded',
    description: 'postgresql://… of the database; without it Nexus starts one of its own',
  }),
  poolSize: number('DATABASE_POOL_SIZE', { default: 20, description: 'Connections of this process' }),
});

export type DatabaseConfig = ConfigOf<typeof databaseConfig>;
