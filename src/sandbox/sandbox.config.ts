import { oneOf, port } from '../platform/config/setting.js';
import { defineConfig } from '../platform/config/settings.js';

export const sandboxConfig = defineConfig('Sandbox', {
  mode: oneOf('NEXUS_SANDBOX', ['auto', 'on', 'off'], {
    default: 'auto',
    description: 'Stand-ins for the outside world; auto: on outside production while no bot token is set',
  }),
  port: port('SANDBOX_PORT', {
    whenUnset: 'PORT + 1',
    description: 'Port of the stand-ins; their media site is on the next one',
  }),
});
