import { CallTimes } from './call-times.js';

describe('CallTimes', () => {
  it('refuses what is above the limit of any window, and does not count it against later calls', () => {
    const times = new CallTimes(2, 1000);
    expect([0, 900, 950, 999, 1000, 1001, 1900].map((at) => times.hit(at))).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
    expect(times).toMatchObject({ count: 7, refused: 3 });
  });

  it('knows its busiest window', () => {
    const times = new CallTimes(9, 1000);
    for (const at of [0, 100, 999, 1000, 1050, 3000]) times.hit(at);
    expect(times.busiest).toBe(4);
    expect(new CallTimes(1, 1).busiest).toBe(0);
  });
});
