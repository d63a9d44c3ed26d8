import { number, oneOf, text, type Setting } from '../../platform/config/setting.js';
import { defineConfig, type ConfigOf } from '../../platform/config/settings.js';
import { QUOTA_BOUNDS, type QuotaLimits } from './limits/limits.js';

/** The longest address that mail is delivered to (RFC 5321). */
export const EMAIL_LENGTH = 254;
export const PASSWORD_LENGTH = { min: 10, max: 128 };

const QUOTA = 'Of a new account';
const BYTES_PER_GB = 2 ** 30;

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
  quotaRecordingsPerMonth: quota('QUOTA_RECORDINGS_PER_MONTH', 'maxRecordingsPerMonth', 100),
  quotaStorageGb: within(
    number('QUOTA_STORAGE_GB', { default: 50, description: QUOTA }),
    `a number from 0 to ${QUOTA_BOUNDS.maxStorageBytes.max / BYTES_PER_GB}`,
    (gb) => gb * BYTES_PER_GB <= QUOTA_BOUNDS.maxStorageBytes.max,
  ),
  quotaConcurrentTasks: quota('QUOTA_CONCURRENT_TASKS', 'maxConcurrentTasks', 3),
  quotaAutomationJobs: quota('QUOTA_AUTOMATION_JOBS', 'maxAutomationJobs', 5),
  quotaAutomationIntervalHours: quota(
    'QUOTA_AUTOMATION_INTERVAL_HOURS',
    'minAutomationIntervalHours',
    1,
    `${QUOTA}; the least time between two runs`,
  ),
});

export type AccountsConfig = ConfigOf<typeof accountsConfig>;

function quota(env: string, name: keyof QuotaLimits, fallback: number, description = QUOTA): Setting<number> {
  const { min, max } = QUOTA_BOUNDS[name];
  return within(
    number(env, { default: fallback, description }),
    `a whole number from ${min} to ${max}`,
    (value) => Number.isInteger(value) && value >= min && value <= max,
  );
}

function within(setting: Setting<number>, expects: string, fits: (value: number) => boolean): Setting<number> {
  const parse = (raw: string) => {
    const value = setting.parse(raw);
    if (!fits(value)) throw new Error(`not ${expects}`);
    return value;
  };
  return { ...setting, expects, parse };
}
