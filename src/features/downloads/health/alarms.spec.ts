import { alarmOfPlatform, alarmsOfProvider, type WatchedProvider } from './alarms.js';
import type { Trouble } from './judge-health.js';

const NOW = new Date('2026-11-20T12:00:00Z');
const TONIGHT = new Date('2026-11-20T21:00:00Z');
const YESTERDAY = new Date('2026-11-19T21:00:00Z');

const ROW: WatchedProvider['row'] = {
  name: 'savenow',
  isActive: true,
  lastSuccessAt: null,
  dailySpentUsd: '0.000000',
  dailyBudgetUsd: '10.000000',
  budgetResetAt: TONIGHT,
  costPerDownloadUsd: '0.000300',
  autoDisableOverBudget: true,
  options: {},
  quota: null,
};

const told = (changes: Partial<Omit<WatchedProvider, 'row'>> = {}, row: Partial<WatchedProvider['row']> = {}) =>
  alarmsOfProvider(
    {
      row: { ...ROW, ...row },
      notReady: null,
      hasKey: true,
      score: { attempts: 8, errors: 7 },
      health: { status: 'healthy', troubles: [] },
      shutOffBy: null,
      bug: null,
      ...changes,
    },
    NOW,
  ).flatMap(({ alert, params }) => (params ? [[alert.name, params]] : []));

const down = (...troubles: Trouble[]) => ({ health: { status: 'down' as const, troubles } });
const left = (remaining: number) => ({
  options: { quotaMonthUnits: 100_000 },
  quota: { limit: 100_000, remaining, resetAt: null },
});

describe('what the operator is told of a provider', () => {
  it.each<[string, ReturnType<typeof told>, unknown[]]>([
    ['nothing while it is well', told(), []],
    ['that it is down by errors', told(down('errors')), [['provider_down', { provider: 'savenow', errorRate: 88 }]]],
    [
      'that it is down by circuits, though nothing was tried',
      told({ ...down('circuits'), score: { attempts: 0, errors: 0 } }),
      [['provider_down', { provider: 'savenow', errorRate: 0 }]],
    ],
    [
      'what has shut it off',
      told({ ...down('shut_off'), shutOffBy: 'QUOTA' }),
      [
        ['provider_down', { provider: 'savenow', errorRate: 88 }],
        ['provider_config', { provider: 'savenow', reason: 'QUOTA' }],
      ],
    ],
    [
      'that it cannot work though it has a key',
      told({ ...down('not_ready'), notReady: 'no door' }),
      [['provider_config', { provider: 'savenow', reason: 'no door' }]],
    ],
    [
      'that it cannot work any more',
      told({ ...down('not_ready'), notReady: 'gone', hasKey: false }, { lastSuccessAt: YESTERDAY }),
      [['provider_config', { provider: 'savenow', reason: 'gone' }]],
    ],
    ['nothing when it was never set up', told({ ...down('not_ready'), notReady: 'no key', hasKey: false }), []],
    [
      'that it fails by its own fault',
      told({ bug: 'NO_FORMAT' }),
      [['provider_bug', { provider: 'savenow', code: 'NO_FORMAT' }]],
    ],
    ['nothing at 80 % of its budget', told({}, { dailySpentUsd: '8.000000' }), []],
    [
      'that little is left of its budget',
      told({}, { dailySpentUsd: '8.000300' }),
      [['budget_warning', { provider: 'savenow', spent: '8.0003', budget: '10.00' }]],
    ],
    ['nothing of what was spent yesterday', told({}, { dailySpentUsd: '9.9', budgetResetAt: YESTERDAY }), []],
    ['nothing without a budget', told({}, { dailySpentUsd: '99', dailyBudgetUsd: null }), []],
    ['nothing at 80 % of its units', told({}, left(20_000)), []],
    [
      'that few units of the month are left',
      told({}, left(19_999)),
      [['quota_warning', { provider: 'savenow', used: 80_001, limit: 100_000 }]],
    ],
    ['nothing once it is switched off', told(down('errors'), { isActive: false, dailySpentUsd: '9.9' }), []],
  ])('%s', (_what, alarms, expected) => {
    expect(alarms).toEqual(expected);
  });

  it('is looked at in any case, so that what is over is resolved', () => {
    const names = alarmsOfProvider(
      {
        row: ROW,
        notReady: null,
        hasKey: false,
        score: { attempts: 0, errors: 0 },
        health: { status: 'healthy', troubles: [] },
        shutOffBy: null,
        bug: null,
      },
      NOW,
    ).map(({ alert, subject }) => `${alert.name} ${subject}`);
    expect(names).toEqual([
      'provider_down savenow',
      'provider_config savenow',
      'provider_bug savenow',
      'budget_warning savenow',
      'quota_warning savenow',
    ]);
  });
});

it('a platform is told of when nobody can serve it', () => {
  expect(alarmOfPlatform('youtube', true)).toMatchObject({ subject: 'youtube', params: { platform: 'youtube' } });
  expect(alarmOfPlatform('youtube', false).params).toBeNull();
});
