import { ALL_PERMISSIONS } from '../limits/limits.js';
import { changed, differenceOf, type AccountChanges, type AccountSettings } from './account-changes.js';

const before: AccountSettings = {
  name: 'Ada',
  role: 'user',
  isActive: true,
  permissions: ALL_PERMISSIONS,
  quotas: {
    maxRecordingsPerMonth: 100,
    maxStorageBytes: 50,
    maxConcurrentTasks: 3,
    maxAutomationJobs: 5,
    minAutomationIntervalHours: 1,
  },
};

describe('changes of an account', () => {
  it.each<[string, AccountChanges, AccountSettings]>([
    ['nothing', {}, before],
    ['what is undefined', { name: undefined, role: undefined, quotas: { maxStorageBytes: undefined } }, before],
    ['its role', { role: 'admin' }, { ...before, role: 'admin' }],
    ['what becomes false, empty or 0', { isActive: false, name: '' }, { ...before, isActive: false, name: '' }],
    [
      'single permissions and quotas',
      { permissions: { canUpload: false }, quotas: { maxAutomationJobs: 0 } },
      {
        ...before,
        permissions: { ...before.permissions, canUpload: false },
        quotas: { ...before.quotas, maxAutomationJobs: 0 },
      },
    ],
  ])('take over %s', (_, changes, after) => {
    expect(changed(before, changes)).toEqual(after);
  });

  it('are told apart field by field, but no name is told', () => {
    const after = changed(before, {
      name: 'Grace',
      role: 'admin',
      permissions: { canUpload: false, canTranscribe: true },
      quotas: { maxConcurrentTasks: 9 },
    });
    expect(differenceOf(before, after)).toEqual({
      before: { name: '••••', role: 'user', 'permissions.canUpload': true, 'quotas.maxConcurrentTasks': 3 },
      after: { name: '••••', role: 'admin', 'permissions.canUpload': false, 'quotas.maxConcurrentTasks': 9 },
    });
    expect(differenceOf(before, changed(before, {}))).toEqual({ before: {}, after: {} });
  });
});
