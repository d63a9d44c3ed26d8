import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import type { GenerationJob } from './generation-job.entity.js';
import { JobHold } from './job-hold.js';
import { LEASE_MS } from './jobs.repository.js';

describe('the hold on a job', () => {
  const job = { id: 'id', claim: 'claim' } as GenerationJob;
  let clock: ManualClock;
  let stopping: AbortController;
  let answer: () => Promise<boolean>;
  let asked: number;
  let hold: JobHold;
  beforeEach(() => {
    clock = new ManualClock();
    stopping = new AbortController();
    asked = 0;
    answer = () => Promise.resolve(true);
    const keep = () => {
      asked += 1;
      return answer();
    };
    hold = new JobHold({ job, jobs: { keep }, clock, shutdown: stopping.signal });
  });
  afterEach(() => hold.end());

  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };

  it('is renewed long before it ends, until its end', async () => {
    for (let beat = 0; beat < 3; beat += 1) await pass(LEASE_MS / 4);
    expect([asked, hold.signal.aborted]).toEqual([3, false]);
    await hold.end();
    await pass(300_000);
    expect(asked).toBe(3);
  });

  it('ends the work of a worker that has lost the job', async () => {
    answer = () => Promise.resolve(false);
    await pass(LEASE_MS / 4);
    expect([hold.isLost, hold.signal.aborted]).toEqual([true, true]);
  });

  it('outlives a database that is away for a moment', async () => {
    answer = () => Promise.reject(new Error('Connection terminated'));
    await pass(LEASE_MS / 4);
    expect([hold.isLost, hold.signal.aborted]).toEqual([false, false]);
  });

  it('tells the work when the process stops, which loses nothing', () => {
    stopping.abort(new Error('This process is stopping'));
    expect([hold.isLost, hold.signal.aborted]).toEqual([false, true]);
  });
});
