import { defineConfig, type ConfigOf } from './settings.js';
import { flag, oneOf, port, someOf, text, url } from './setting.js';

export const ROLES = ['api', 'bots', 'worker'] as const;
export type Role = (typeof ROLES)[number];

export const processConfig = defineConfig('Process', {
  nodeEnv: oneOf('NODE_ENV', ['development', 'test', 'production'], {
    default: 'development',
    description: 'Production asks for secrets and refuses the sandbox',
  }),
  roles: someOf('NEXUS_ROLES', ROLES, { default: [...ROLES], description: 'What this process does' }),
  host: text('HOST', { default: '127.0.0.1', description: 'Address to listen on' }),
  port: port('PORT', { default: 3000, description: 'Port of the API, the panel and Swagger' }),
  publicBaseUrl: url('PUBLIC_BASE_URL', {
    whenUnset: 'http://localhost:PORT',
    description: 'How the outside reaches this service',
  }),
  dataDir: text('DATA_DIR', {
    default: '.nexus',
    description: 'Folder of the embedded stores, files, tools and secrets made in development',
  }),
  logLevel: oneOf('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: 'The least level that is logged',
  }),
  trustProxy: flag('TRUST_PROXY', {
    default: false,
    description: 'Believe X-Forwarded-* headers: only behind a proxy of your own',
  }),
});

export type ProcessConfig = ConfigOf<typeof processConfig>;
