import { number, oneOf, text } from '../../platform/config/setting.js';
import { defineConfig, type ConfigOf } from '../../platform/config/settings.js';

/** The longest address that mail is delivered to (RFC 5321). */
export const EMAIL_LENGTH = 254;
export const PASSWORD_LENGTH = { min: 10, max: 128 };

const QUOTA = 'Of a new account';

const adminPassword = text('ADMIN_PASSWORD', {
  secret: true,
  description: 'Password of the first admin; made once, kept in DATA_DIR and printed at start',
});

export const accountsConfig = defineConfig('Accounts', {
  registration: oneOf('REGISTRATION', ['open', 'closed'], {
    default: 'open',
    description: 'Whether people may make accounts themselves',
  }),
  refreshTokenTtlDays: number('REFRESH_TOKEN_TTL_DAYS', {
    default: 30,
    description: 'How long one stays signed in without a visit',
  }),
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
  quotaRecordingsPerMonth: number('QUOTA_RECORDINGS_PER_MONTH', { default: 100, description: QUOTA }),
  quotaStorageGb: number('QUOTA_STORAGE_GB', { default: 50, description: QUOTA }),
  quotaConcurrentTasks: number('QUOTA_CONCURRENT_TASKS', { default: 3, description: QUOTA }),
  quotaAutomationJobs: number('QUOTA_AUTOMATION_JOBS', { default: 5, description: QUOTA }),
  quotaAutomationIntervalHours: number('QUOTA_AUTOMATION_INTERVAL_HOURS', {
    default: 1,
    description: `${QUOTA}; the least time between two runs`,
  }),
});

export type AccountsConfig = ConfigOf<typeof accountsConfig>;
