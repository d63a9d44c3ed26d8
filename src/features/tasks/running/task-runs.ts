import { Injectable } from '@nestjs/common';
import { Quotas } from '../../accounts/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Events } from '../../../platform/events/events.js';
import { INTERRUPTED } from '../tasks.errors.js';
import { taskChanged } from '../tasks.events.js';
import { TaskQueue } from './task-queue.js';
import {
  TaskRunsRepository,
  type InHand,
  type Left,
  type Lost,
  type Progress,
  type TaskRun,
} from './task-runs.repository.js';
import { TaskTurnsRepository } from './task-turns.repository.js';

/** A task that workers were lost over so often is given up. */
const MAX_LOSSES = 5;

/** Into `running` and out of it, together with the owner's quota: what is at work and what was claimed are always one. */
@Injectable()
export class TaskRuns {
  constructor(
    private readonly database: Database,
    private readonly turns: TaskTurnsRepository,
    private readonly runs: TaskRunsRepository,
    private readonly quotas: Quotas,
    private readonly queue: TaskQueue,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** @returns null when it is not its turn, its owner has as many at work as he may, or it does not wait any more */
  async begin(id: string): Promise<TaskRun | null> {
    return this.database.transaction(async () => {
      const owner = await this.turns.ownerWhenNext(id);
      if (owner === null || !(await this.quotas.tryClaim(owner, 'tasks'))) return null;
      const run = await this.runs.begin(id, this.clock.now());
      if (run) await this.tell(run);
      // Cancelled in this very moment, or begun by another job for it.
      else await this.quotas.release(owner, 'tasks');
      return run;
    });
  }

  /**
   * Back among those that wait, a task keeps its place.
   * @returns false when it is not in these hands any more, or would wait again though its owner has cancelled it
   */
  async end(run: InHand, left: Left): Promise<boolean> {
    try {
      await this.database.transaction(async () => {
        // The quota first, as in `begin` and when an account is deleted: so nobody waits in a circle.
        await this.quotas.release(run.userId, 'tasks');
        if (!(await this.runs.leave(run, left, this.clock.now()))) throw new NotInHand();
        await this.tell(run);
      });
      return true;
    } catch (error) {
      if (error instanceof NotInHand) return false;
      throw error;
    }
  }

  /** To whoever takes it next; a wish to cancel it that has come meanwhile is fulfilled. */
  async handBack(run: InHand, left: Left): Promise<void> {
    const isBack = await this.end(run, { ...left, state: 'queued' });
    if (!isBack) await this.end(run, { ...left, state: 'cancelled' });
  }

  /** Out of the hands of a worker that seems to be dead. */
  async takeBack(task: Lost): Promise<void> {
    const losses = task.losses + 1;
    if (losses >= MAX_LOSSES) await this.end(task, { state: 'failed', error: INTERRUPTED, losses });
    else await this.handBack(task, { state: 'queued', losses });
  }

  async report(run: TaskRun, progress: Progress): Promise<void> {
    if (await this.runs.report(run, progress)) await this.events.publish(taskChanged, { taskId: run.id });
  }

  /** Of a state: whoever watches it hears of it, and the next of its owner finds out whether it is his turn now. */
  private async tell({ id, userId }: InHand): Promise<void> {
    await this.events.publish(taskChanged, { taskId: id });
    await this.database.afterCommit(() => this.queue.wakeNext(userId));
  }
}

/** Takes back what a transaction has done so far. */
class NotInHand extends Error {}
