import { type Outcome, retryAfterMs, retryDelayMs } from './retry-policy.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const answer = (status: number, retryAfter?: string): Outcome => ({
  status,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
});

describe('retryDelayMs', () => {
  it.each([200, 301, 400, 401, 404, 500])('lets %d stand', (status) => {
    expect(retryDelayMs('GET', 1, answer(status), NOW)).toBeNull();
  });

  it.each([429, 502, 503, 504])('tries again after %d, twice', (status) => {
    expect([1, 2, 3].map((tries) => retryDelayMs('GET', tries, answer(status), NOW))).toEqual([250, 500, null]);
  });

  it('waits as it is told, but not long', () => {
    expect(retryDelayMs('GET', 1, answer(503, '2'), NOW)).toBe(2000);
    expect(retryDelayMs('GET', 1, answer(429, '6'), NOW)).toBeNull();
  });

  it('tries again after failures that pass', () => {
    expect(retryDelayMs('HEAD', 1, { error: 'connection_lost' }, NOW)).toBe(250);
    expect(retryDelayMs('GET', 1, { error: 'certificate' }, NOW)).toBeNull();
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('never does %s twice', (method) => {
    expect(retryDelayMs(method, 1, answer(503), NOW)).toBeNull();
    expect(retryDelayMs(method, 1, { error: 'timed_out' }, NOW)).toBeNull();
  });
});

describe('retryAfterMs', () => {
  it.each([
    [undefined, null],
    ['120', 120_000],
    ['Thu, 01 Jan 2026 00:00:07 GMT', 7000],
    ['Thu, 01 Jan 2025 00:00:00 GMT', 0],
    ['soon', null],
  ])('%s is %s ms', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });
});
