import { Logger } from '@nestjs/common';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import type { TaskContext } from '../index.js';
import type { TaskHandlers } from '../task-handlers.js';
import type { TaskRuns } from './task-runs.js';
import type { TaskRun, TaskRunsRepository } from './task-runs.repository.js';
import { TaskWorker } from './task-worker.js';

const run: TaskRun = { id: 't1', userId: 'u1', kind: 'test', payload: {}, n: 1, progress: 0, step: null };

describe('a worker whose handler never ends', () => {
  let shutdown: AbortController;
  let clock: ManualClock;
  let contexts: TaskContext[];
  let worker: TaskWorker;
  let end: ReturnType<typeof vi.fn>;
  let handBack: ReturnType<typeof vi.fn>;

  beforeEach(() => {
    shutdown = new AbortController();
    clock = new ManualClock();
    contexts = [];
    const handle = (_: unknown, context: TaskContext) => {
      contexts.push(context);
      return new Promise(() => undefined);
    };
    end = vi.fn(async () => true);
    handBack = vi.fn(async () => undefined);
    worker = new TaskWorker(
      { of: () => handle } as unknown as TaskHandlers,
      { begin: async () => run, end, handBack } as unknown as TaskRuns,
      { keep: async () => 'held' } as unknown as TaskRunsRepository,
      clock,
    );
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const passed = async (ms: number) => {
    clock.advance(ms);
    for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  it('waits for it as long as nobody wants it to stop', async () => {
    void worker.work(run.id, shutdown.signal);
    await passed(0);
    // Within the lease: nothing renews it while nobody lets time pass in between.
    for (let beats = 0; beats < 100; beats += 1) await passed(5_000);
    expect([contexts[0]?.signal.aborted, end.mock.calls]).toEqual([false, []]);
  });

  it('gives it up twenty seconds after it was cancelled', async () => {
    const logged = vi.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const work = worker.work(run.id, shutdown.signal);
    await passed(0);
    worker.onCancel({ taskId: run.id });
    await passed(0);
    await passed(19_999);
    expect(end).not.toHaveBeenCalled();
    await passed(1);
    await work;
    expect(end).toHaveBeenCalledExactlyOnceWith(run, expect.objectContaining({ state: 'cancelled' }));
    expect(logged).toHaveBeenCalledOnce();
  });

  it('hands it back before the end of the process', async () => {
    vi.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const work = worker.work(run.id, shutdown.signal);
    await passed(0);
    shutdown.abort();
    await passed(0);
    await passed(20_000);
    await work;
    expect(handBack).toHaveBeenCalledOnce();
    expect(end).not.toHaveBeenCalled();
  });
});
