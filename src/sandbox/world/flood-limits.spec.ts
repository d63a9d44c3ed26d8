import { ManualClock } from '../../platform/clock/testing/manual-clock.js';
import { FloodLimits } from './flood-limits.js';

const BOT = 1;

describe('FloodLimits', () => {
  it('lets a short burst into a chat, then one message a second', () => {
    const clock = new ManualClock();
    const limits = new FloodLimits(clock);
    const hits = (): (number | null)[] => Array.from({ length: 5 }, () => limits.hit(BOT, 100));
    expect(hits()).toEqual([null, null, null, null, 1]);
    clock.advance(1000);
    expect(hits()).toEqual([null, 1, 1, 1, 1]);
    expect(limits.hit(BOT, 200)).toBeNull();
    expect(limits.hit(2, 100)).toBeNull();
  });

  it('lets twenty messages a minute into a group', () => {
    const limits = new FloodLimits(new ManualClock());
    for (let count = 0; count < 20; count += 1) expect(limits.hit(BOT, -100)).toBeNull();
    expect(limits.hit(BOT, -100)).toBe(3);
  });

  it('lets thirty messages a second out of a bot', () => {
    const clock = new ManualClock();
    const limits = new FloodLimits(clock);
    for (let chat = 1; chat <= 30; chat += 1) expect(limits.hit(BOT, chat)).toBeNull();
    expect(limits.hit(BOT, 31)).toBe(1);
    clock.advance(1000);
    expect(limits.hit(BOT, 31)).toBeNull();
  });
});
