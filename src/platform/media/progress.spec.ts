import { progressRatio } from './progress.js';

describe('progressRatio', () => {
  it.each([
    ['out_time_us=1500000', 6, 0.25],
    ['out_time_us=9000000', 6, 1],
    ['out_time_us=N/A', 6, null],
    ['out_time=00:00:01.500000', 6, null],
    ['progress=continue', 6, null],
    ['out_time_us=1500000', null, null],
  ])('%s of %s s is %s', (line, durationSec, ratio) => {
    expect(progressRatio(line, durationSec)).toBe(ratio);
  });
});
