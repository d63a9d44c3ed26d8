import { once } from 'node:events';
import type { Clock } from '../../../platform/clock/clock.js';
import { TaskStopped, type StopReason } from '../task-stopped.js';
import { pause } from './pause.js';
import { LEASE_MS, type TaskRun, type TaskRunsRepository } from './task-runs.repository.js';

/** A wish to cancel whose event was lost is seen after this time. */
const BEAT_MS = 5_000;
/** For cleaning up. Less than a process has for its end, so that it hands back what does not listen, too. */
const PATIENCE_MS = 20_000;

/** A handler does not listen to its signal. */
export class TaskUnheeding extends Error {
  constructor() {
    super(`It has not stopped within ${PATIENCE_MS / 1_000} s`);
    this.name = 'TaskUnheeding';
  }
}

interface HoldParts {
  run: TaskRun;
  runs: Pick<TaskRunsRepository, 'keep'>;
  clock: Clock;
}

/** This process's hold on a task: renewed while it works, and broken off through `signal`. */
export class TaskHold {
  private readonly breaking = new AbortController();
  private readonly ending = new AbortController();
  private readonly beating: Promise<void>;
  private isGone = false;

  constructor(private readonly parts: HoldParts) {
    this.beating = this.beat();
  }

  get signal(): AbortSignal {
    return this.breaking.signal;
  }

  get brokenBy(): StopReason | null {
    return this.signal.reason instanceof TaskStopped ? this.signal.reason.why : null;
  }

  /** Whether another process may work on it by now, whatever it was broken off for before. */
  get isLost(): boolean {
    return this.isGone;
  }

  break(why: StopReason): void {
    this.isGone ||= why === 'lost';
    this.breaking.abort(new TaskStopped(why));
  }

  /** Rejects with `TaskUnheeding` when the work goes on though it was broken off a while ago. */
  async patience(): Promise<never> {
    if (!this.signal.aborted) await once(this.signal, 'abort');
    await this.parts.clock.delay(PATIENCE_MS, this.ending.signal);
    throw new TaskUnheeding();
  }

  async end(): Promise<void> {
    this.ending.abort();
    await this.beating;
  }

  private async beat(): Promise<void> {
    const { run, runs, clock } = this.parts;
    let renewedAt = clock.now().getTime();
    while (!this.ending.signal.aborted && !this.isGone) {
      const at = clock.now().getTime();
      // A database that is away for a moment is no reason to stop: the lease outlives several beats.
      const answer = await runs.keep(run).catch(() => null);
      if (answer !== null) renewedAt = at;
      if (answer === 'lost' || clock.now().getTime() - renewedAt >= LEASE_MS) this.break('lost');
      else if (answer === 'cancelled') this.break('cancelled');
      await pause(clock, BEAT_MS, this.ending.signal);
    }
  }
}
