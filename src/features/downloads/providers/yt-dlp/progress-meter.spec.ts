import type { ProgressLine } from './line-protocol.js';
import { ProgressMeter } from './progress-meter.js';

const line = (downloadedBytes: number, totalBytes: number | null, more: Partial<ProgressLine> = {}): ProgressLine => ({
  kind: 'progress',
  finished: false,
  downloadedBytes,
  totalBytes,
  announcedBytes: null,
  bytesPerSecond: null,
  ...more,
});

describe('ProgressMeter', () => {
  it('counts picture and sound as one', () => {
    const meter = new ProgressMeter();
    meter.announce(1_000);
    expect(meter.take(line(450, 900, { bytesPerSecond: 55 }))).toEqual({
      bytes: 450,
      totalBytes: 1_000,
      bytesPerSecond: 55,
      etaSec: 10,
    });
    expect(meter.take(line(900, 900, { finished: true }))).toMatchObject({ bytes: 900, totalBytes: 1_000 });
    expect(meter.take(line(50, 100))).toMatchObject({ bytes: 950, totalBytes: 1_000, etaSec: null });
    expect(meter.take(line(100, 100, { finished: true }))).toMatchObject({ bytes: 1_000, totalBytes: 1_000 });
    expect(meter.bytes).toBe(1_000);
  });

  it('adds up what it sees when nothing was announced', () => {
    const meter = new ProgressMeter();
    meter.announce(null);
    meter.take(line(900, 900, { finished: true }));
    expect(meter.take(line(50, 100))).toMatchObject({ bytes: 950, totalBytes: 1_000 });
  });

  it('never says that more has come than there is', () => {
    const meter = new ProgressMeter();
    meter.announce(500);
    expect(meter.take(line(600, 550))).toMatchObject({ bytes: 600, totalBytes: 600 });
  });

  it('does not know what nobody says', () => {
    expect(new ProgressMeter().take(line(600, null, { bytesPerSecond: 10 }))).toEqual({
      bytes: 600,
      totalBytes: null,
      bytesPerSecond: 10,
      etaSec: null,
    });
  });
});
