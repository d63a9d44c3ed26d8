import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { Quota } from './quota.js';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('Quota', () => {
  it('goes down to nothing, and is full again with the next month', () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 30, 12));
    const quota = new Quota(10, clock);
    quota.spend(6);
    expect(quota.view).toEqual({ limit: 10, remaining: 4 });
    quota.spend(6);
    expect(quota.view).toEqual({ limit: 10, remaining: 0 });
    expect(quota.resetSec).toBe((1.5 * DAY_MS) / 1000);

    clock.advance(1.5 * DAY_MS);
    expect(quota.view).toEqual({ limit: 10, remaining: 10 });
  });

  it('is set and put back', () => {
    const quota = new Quota(10, new ManualClock());
    quota.set({ remaining: 3 });
    expect(quota.view).toEqual({ limit: 10, remaining: 3 });
    quota.set({ limit: 100, remaining: 20 });
    expect(quota.view).toEqual({ limit: 100, remaining: 20 });
    quota.reset();
    expect(quota.view).toEqual({ limit: 10, remaining: 10 });
  });
});
