import { Settings } from '../../platform/config/settings.js';
import { accountsConfig } from './accounts.config.js';

const read = (env: Record<string, string>) => Settings.read([accountsConfig], env).get(accountsConfig);

describe('quotas of new accounts', () => {
  it('are what is set', () => {
    const quotas = read({
      QUOTA_CONCURRENT_TASKS: '0',
      QUOTA_STORAGE_GB: '0.5',
      QUOTA_AUTOMATION_INTERVAL_HOURS: '24',
    });
    expect(quotas).toMatchObject({
      quotaRecordingsPerMonth: 100,
      quotaConcurrentTasks: 0,
      quotaStorageGb: 0.5,
      quotaAutomationIntervalHours: 24,
    });
  });

  // PostgreSQL counts them in whole numbers: with any of these every claim would fail.
  it.each([
    ['QUOTA_CONCURRENT_TASKS', '2.5'],
    ['QUOTA_RECORDINGS_PER_MONTH', '1e30'],
    ['QUOTA_AUTOMATION_JOBS', '-1'],
    ['QUOTA_AUTOMATION_INTERVAL_HOURS', '0'],
    ['QUOTA_STORAGE_GB', '1e30'],
  ])('are refused where an admin could not set them either: %s=%s', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });
});
