import { nextAttemptAt } from './retry-plan.js';

const CREATED = new Date('2026-03-01T00:00:00Z');
const at = (ms: number) => new Date(CREATED.getTime() + ms);
const HOUR = 3_600_000;

describe('nextAttemptAt', () => {
  it.each([
    [1, 10_000],
    [2, 60_000],
    [3, 300_000],
    [4, 900_000],
    [5, HOUR],
    [6, 3 * HOUR],
    [40, 3 * HOUR],
  ])('waits longer after %d failures', (attempts, wait) => {
    expect(nextAttemptAt(attempts, CREATED, CREATED, 0.5)).toEqual(at(wait));
  });

  it('spreads what failed together', () => {
    expect(nextAttemptAt(1, CREATED, CREATED, 0)).toEqual(at(9_000));
    expect(nextAttemptAt(1, CREATED, CREATED, 1)).toEqual(at(11_000));
  });

  it('gives up after a day, not before', () => {
    expect(nextAttemptAt(9, CREATED, at(21 * HOUR), 0.5)).toEqual(at(24 * HOUR));
    expect(nextAttemptAt(9, CREATED, at(21 * HOUR + 1), 0.5)).toBeNull();
  });
});
