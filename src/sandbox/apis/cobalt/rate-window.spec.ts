import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { RateWindow } from './rate-window.js';

describe('RateWindow', () => {
  it('lets twenty through in a minute, and tells so', () => {
    const clock = new ManualClock();
    const rate = new RateWindow(clock);
    const hits = Array.from({ length: 21 }, () => rate.hit());
    expect(hits.filter((isIn) => isIn)).toHaveLength(20);
    expect(hits.at(-1)).toBe(false);
    clock.advance(20_000);
    expect(rate.headers()).toEqual({
      'RateLimit-Policy': '20;w=60',
      'RateLimit-Limit': '20',
      'RateLimit-Remaining': '0',
      'RateLimit-Reset': '40',
    });

    clock.advance(40_000);
    expect(rate.view.remaining).toBe(20);
    expect(rate.hit()).toBe(true);
    expect(rate.view.remaining).toBe(19);
  });

  it('can be set to what is left of it', () => {
    const rate = new RateWindow(new ManualClock());
    rate.set({ remaining: 1 });
    expect([rate.hit(), rate.hit()]).toEqual([true, false]);
    rate.set({ limit: 100, remaining: 60 });
    expect(rate.view).toEqual({ limit: 100, remaining: 60 });
  });
});
