import { quotaIn } from './quota.js';

const NOW = new Date('2026-11-20T12:00:00Z');

describe('quotaIn', () => {
  it('takes the object of which the least is left, with its own limit and reset', () => {
    const headers = {
      'x-ratelimit-requests-limit': '500000',
      'x-ratelimit-requests-remaining': '499999',
      'x-ratelimit-requests-reset': '864000',
      'x-ratelimit-units-limit': '100000',
      'x-ratelimit-units-remaining': '18994',
      'x-ratelimit-units-reset': '3600',
    };
    expect(quotaIn(headers, NOW)).toEqual({
      limit: 100_000,
      remaining: 18_994,
      resetAt: '2026-11-20T13:00:00.000Z',
    });
  });

  it('knows less where less is told', () => {
    const headers = {
      'x-ratelimit-rapid-free-plans-hard-limit-remaining': '0',
      'x-ratelimit-requests-remaining': 'many',
    };
    expect(quotaIn(headers, NOW)).toEqual({ limit: null, remaining: 0, resetAt: null });
  });

  it.each<Record<string, string>>([
    {},
    { 'retry-after': '3' },
    { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '19' },
  ])('is nothing in %j', (headers) => {
    expect(quotaIn(headers, NOW)).toBeNull();
  });
});
