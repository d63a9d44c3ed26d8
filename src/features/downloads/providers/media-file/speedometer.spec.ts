import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { Speedometer } from './speedometer.js';

describe('Speedometer', () => {
  it('knows no speed at the beginning', () => {
    expect(new Speedometer(new ManualClock()).speedAt(1_000)).toBeNull();
  });

  it('forgets how it was some seconds ago', () => {
    const clock = new ManualClock();
    const speedometer = new Speedometer(clock);
    let bytes = 0;
    let speed: number | null = null;
    const run = (seconds: number, perSecond: number) => {
      for (let i = 0; i < seconds; i++) {
        speed = speedometer.speedAt(bytes);
        clock.advance(1_000);
        bytes += perSecond;
      }
      speed = speedometer.speedAt(bytes);
    };
    run(10, 100);
    expect(speed).toBe(100);
    run(10, 500);
    expect(speed).toBe(500);
  });

  it('is not confused by a file that begins anew', () => {
    const clock = new ManualClock();
    const speedometer = new Speedometer(clock);
    speedometer.speedAt(1_000);
    clock.advance(1_000);
    expect(speedometer.speedAt(10)).toBe(0);
  });
});
