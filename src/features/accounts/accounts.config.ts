import { text } from '../../platform/config/setting.js';
import { defineConfig, type ConfigOf } from '../../platform/config/settings.js';

export const PASSWORD_LENGTH = { min: 10, max: 128 };

const adminPassword = text('ADMIN_PASSWORD', {
  secret: true,
  description: 'Password of the first admin; made once, kept in DATA_DIR and printed at start',
});

export const accountsConfig = defineConfig('First admin', {
  adminEmail: text('ADMIN_EMAIL', { default: 'admin@example.com', description: 'Made while there is no admin' }),
  adminPassword: {
    ...adminPassword,
    expects: `${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters`,
    parse: (raw: string) => {
      if (raw.length < PASSWORD_LENGTH.min || raw.length > PASSWORD_LENGTH.max)
        throw new Error('too short or too long');
      return raw;
    },
  },
});

export type AccountsConfig = ConfigOf<typeof accountsConfig>;
