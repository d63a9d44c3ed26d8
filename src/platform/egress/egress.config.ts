import { list } from '../config/setting.js';
import { defineConfig, type ConfigOf } from '../config/settings.js';

export const egressConfig = defineConfig('Egress', {
  allowedPrivateHosts: list('DOWNLOAD_ALLOWED_PRIVATE_HOSTS', {
    default: [],
    description: 'host:port of private addresses that links of people may lead to all the same',
  }),
});

export type EgressConfig = ConfigOf<typeof egressConfig>;
