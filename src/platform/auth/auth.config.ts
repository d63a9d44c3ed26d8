import { number } from '../config/setting.js';
import { defineConfig, type ConfigOf } from '../config/settings.js';

export const authConfig = defineConfig('API', {
  accessTokenTtlSec: number('ACCESS_TOKEN_TTL_SEC', { default: 900, description: 'How long an access token is good' }),
  apiRatePerMin: number('API_RATE_PER_MIN', {
    default: 300,
    description: 'Requests a minute of one account, or of one address while nobody is signed in; 0 is no limit',
  }),
});

export type AuthConfig = ConfigOf<typeof authConfig>;
