import { Logger } from '@nestjs/common';
import { ManualClock } from '../clock/testing/manual-clock.js';
import type { PartState } from './health-part.js';
import { PartMonitor } from './part-monitor.js';

const ok: PartState = { status: 'ok', version: '1' };

describe('PartMonitor', () => {
  let clock: ManualClock;
  let checks: number;
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(() => {
    clock = new ManualClock();
    checks = 0;
  });

  const monitor = (check: () => Promise<PartState>) =>
    new PartMonitor(
      {
        name: 'sample',
        check: () => {
          checks += 1;
          return check();
        },
      },
      clock,
    );

  it('asks once a second, however often it is asked itself', async () => {
    const part = monitor(() => Promise.resolve(ok));
    expect(await Promise.all([part.state(), part.state()])).toEqual([ok, ok]);
    await part.state();
    expect(checks).toBe(1);
    clock.advance(1000);
    await part.state();
    expect(checks).toBe(2);
  });

  it('tells of a failed check without its words', async () => {
    const part = monitor(() => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7')));
    expect(await part.state()).toEqual({ status: 'unavailable', reason: 'does not answer' });
  });

  it('waits two seconds for a check that hangs, and starts no second one beside it', async () => {
    let finish: (state: PartState) => void = () => undefined;
    const part = monitor(() => new Promise((resolve) => (finish = resolve)));
    const late = { status: 'unavailable', reason: 'does not answer within 2 s' };
    for (let round = 0; round < 2; round++) {
      const state = part.state();
      clock.advance(2000);
      expect(await state).toEqual(late);
      expect(await part.state()).toEqual(late);
      clock.advance(1000);
    }
    expect(checks).toBe(1);
    finish(ok);
    expect(await part.state()).toEqual(ok);
    clock.advance(1000);
    const next = part.state();
    expect(checks).toBe(2);
    finish(ok);
    expect(await next).toEqual(ok);
  });
});
