import { Logger } from '@nestjs/common';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import type { GenerationJob } from './generation-job.entity.js';
import type { JobsRepository } from './jobs.repository.js';
import type { StepQueue } from './step-queue.js';
import { StepWorker } from './step-worker.js';

const BROKEN = new Error('The disk is full');

describe('the worker of a step', () => {
  const step = { id: 'id', run: 3, status: 'delivering' } as const;
  const jobOf = (fields: object) => ({ ...step, claim: 'claim', losses: 0, ...fields }) as GenerationJob;
  let clock: ManualClock;
  let stopping: AbortController;
  let claimed: GenerationJob;
  let askAgain: ReturnType<typeof vi.fn<JobsRepository['askAgain']>>;
  let keep: ReturnType<typeof vi.fn<JobsRepository['keep']>>;
  let add: ReturnType<typeof vi.fn<StepQueue['add']>>;
  beforeEach(() => {
    clock = new ManualClock();
    stopping = new AbortController();
    claimed = jobOf({});
    askAgain = vi.fn<JobsRepository['askAgain']>((_, changes) => Promise.resolve(jobOf({ ...changes, run: 4 })));
    keep = vi.fn<JobsRepository['keep']>(() => Promise.resolve(true));
    add = vi.fn<StepQueue['add']>(() => Promise.resolve());
  });

  const run = (work: (job: GenerationJob, signal: AbortSignal) => Promise<void>) => {
    const jobs = { claim: () => Promise.resolve(claimed), askAgain, keep } as unknown as JobsRepository;
    const worker = new StepWorker(jobs, { add } as unknown as StepQueue, clock);
    return worker.run({ ...step, signal: stopping.signal }, work);
  };
  const breakDown = () => run(() => Promise.reject(BROKEN));
  const turns = async () => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };

  it.each([
    [0, 5_000],
    [1, 20_000],
    [3, 320_000],
    [9, 320_000],
  ])('hands back what has broken down, after %d losses for %d ms, and counts it', async (losses, pauseMs) => {
    claimed = jobOf({ losses });
    await expect(breakDown()).rejects.toBe(BROKEN);
    const lookAt = new Date(clock.now().getTime() + pauseMs);
    expect(askAgain).toHaveBeenCalledExactlyOnceWith(claimed, { losses: losses + 1, lookAt });
    expect(add).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ run: 4 }), pauseMs);
  });

  it('asks for nothing when the job is not its any more', async () => {
    askAgain.mockResolvedValue(null);
    await expect(breakDown()).rejects.toBe(BROKEN);
    expect(add).not.toHaveBeenCalled();
  });

  it('hands back when the database is there again', async () => {
    askAgain.mockRejectedValueOnce(Object.assign(new Error('gone'), { code: '57P01' }));
    const running = breakDown().catch((error: unknown) => error);
    await turns();
    expect(add).not.toHaveBeenCalled();
    clock.advance(1_000);
    expect(await running).toBe(BROKEN);
    expect(add).toHaveBeenCalledOnce();
  });

  it('does not wait for the database when the process stops: the lease will end', async () => {
    const warned = vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    askAgain.mockRejectedValue(Object.assign(new Error('gone'), { code: '57P01' }));
    const running = breakDown().catch((error: unknown) => error);
    await turns();
    stopping.abort(new Error('This process is stopping'));
    expect(await running).toBe(BROKEN);
    expect(add).not.toHaveBeenCalled();
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });

  it('hands back at once, as no loss, when the process stops', async () => {
    await run((_, signal) => {
      stopping.abort(new Error('This process is stopping'));
      signal.throwIfAborted();
      return Promise.resolve();
    });
    expect(askAgain).toHaveBeenCalledExactlyOnceWith(claimed);
    expect(add).toHaveBeenCalledOnce();
  });

  it('has nothing to hand back of a job that it has lost', async () => {
    keep.mockResolvedValue(false);
    await run(async (_, signal) => {
      clock.advance(60_000);
      await turns();
      signal.throwIfAborted();
    });
    expect(askAgain).not.toHaveBeenCalled();
  });
});
