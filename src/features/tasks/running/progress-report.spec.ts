import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { ProgressReport } from './progress-report.js';
import type { Progress } from './task-runs.repository.js';

describe('the report on progress', () => {
  let clock: ManualClock;
  let written: Progress[];
  let errors: unknown[];
  let write: (progress: Progress) => Promise<void>;
  beforeEach(() => {
    clock = new ManualClock();
    written = [];
    errors = [];
    write = (progress) => {
      written.push(progress);
      return Promise.resolve();
    };
  });

  const reportAfter = (begun: Progress = { progress: 0, step: null }) =>
    new ProgressReport({ begun, write: (progress) => write(progress), onError: (error) => errors.push(error), clock });
  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };

  it('is written at once, then once a second at most: the latest word wins', async () => {
    const report = reportAfter();
    report.say(1, 'reading');
    report.say(2);
    report.say(3, 'cutting');
    expect(written).toEqual([{ progress: 1, step: 'reading' }]);
    await pass(0);
    await pass(999);
    report.say(4);
    expect(written).toHaveLength(1);
    await pass(1);
    expect(written.slice(1)).toEqual([{ progress: 4, step: 'cutting' }]);
    await pass(10_000);
    expect(written).toHaveLength(2);
    report.say(5);
    expect(written).toHaveLength(3);
  });

  it('says nothing twice', async () => {
    const report = reportAfter({ progress: 7, step: 'cutting' });
    report.say(7, 'cutting');
    report.say(3);
    await pass(1_000);
    expect(written).toEqual([]);
  });

  it('never goes back, and stays between 0 and 100, whatever a handler says', async () => {
    const report = reportAfter({ progress: 40, step: null });
    const said: number[] = [];
    for (const percent of [10, -5, NaN, Infinity, 41.9, 300]) {
      report.say(percent, String(percent));
      await pass(1_000);
      said.push(written.at(-1)!.progress);
    }
    expect(said).toEqual([40, 40, 40, 40, 41, 100]);
  });

  it('has words that PostgreSQL can keep', () => {
    const report = reportAfter();
    report.say(1, `a\0${'🎬'.repeat(300)}`);
    expect(written[0]?.step).toBe(`a${'🎬'.repeat(199)}`);
  });

  it('gives the last word to the end, waits for what is being written, and writes nothing afterwards', async () => {
    let done: () => void = () => undefined;
    write = () => new Promise((resolve) => (done = resolve));
    const report = reportAfter();
    report.say(1);
    report.say(2, 'last');
    let last: Progress | undefined;
    const end = report.end().then((progress) => (last = progress));
    await pass(0);
    expect(last).toBeUndefined();
    done();
    await end;
    expect(last).toEqual({ progress: 2, step: 'last' });
    write = () => Promise.reject(new Error('After the end'));
    report.say(3);
    await pass(5_000);
    expect(errors).toEqual([]);
  });

  it('is written again after a failure', async () => {
    const works = write;
    write = () => Promise.reject(new Error('The database is away'));
    const report = reportAfter();
    report.say(1);
    await pass(0);
    expect(errors).toHaveLength(1);
    write = works;
    await pass(1_000);
    expect(written).toEqual([{ progress: 1, step: null }]);
  });
});
