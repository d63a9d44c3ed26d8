import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { TaskHold } from './task-hold.js';
import type { TaskRun } from './task-runs.repository.js';

const run: TaskRun = { id: 'id', userId: 'owner', kind: 'kind', payload: {}, n: 1, progress: 0, step: null };

describe('the hold on a task', () => {
  let clock: ManualClock;
  let answer: () => Promise<'held' | 'cancelled' | 'lost'>;
  let asked: number;
  let hold: TaskHold;
  beforeEach(() => {
    clock = new ManualClock();
    asked = 0;
    answer = () => Promise.resolve('held');
    const keep = () => {
      asked += 1;
      return answer();
    };
    hold = new TaskHold({ run, runs: { keep }, clock });
  });
  afterEach(() => hold.end());

  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };

  it('is renewed at once and every 5 s, until its end', async () => {
    for (let beat = 0; beat < 3; beat += 1) await pass(5_000);
    expect([asked, hold.brokenBy]).toEqual([4, null]);
    await hold.end();
    await pass(60_000);
    expect(asked).toBe(4);
  });

  it('is broken by a wish to cancel, and goes on until the work has ended', async () => {
    await pass(0);
    answer = () => Promise.resolve('cancelled');
    await pass(5_000);
    expect([hold.signal.aborted, hold.brokenBy, hold.isLost]).toEqual([true, 'cancelled', false]);
    await pass(5_000);
    expect(asked).toBe(3);
  });

  it('is lost when another has it, whatever broke it before', async () => {
    await pass(0);
    hold.break('handed_back');
    answer = () => Promise.resolve('lost');
    await pass(5_000);
    expect([hold.brokenBy, hold.isLost]).toEqual(['handed_back', true]);
  });

  it('outlives a database that is away for a moment, and no more', async () => {
    await pass(0);
    answer = () => Promise.reject(new Error('away'));
    for (const ms of [5_000, 5_000, 5_000]) await pass(ms);
    expect(hold.isLost).toBe(false);
    await pass(5_000);
    expect([hold.isLost, hold.brokenBy]).toEqual([true, 'lost']);
  });
});
