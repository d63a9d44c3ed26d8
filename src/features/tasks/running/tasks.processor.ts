import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Drain } from '../../../platform/queue/drain.js';
import { Every } from '../../../platform/queue/every.js';
import { Handles, type JobContext } from '../../../platform/queue/handles.js';
import { runTask } from '../tasks.jobs.js';
import { TaskQueue } from './task-queue.js';
import { TaskRuns } from './task-runs.js';
import { TaskRunsRepository } from './task-runs.repository.js';
import { TaskWorker } from './task-worker.js';

const LOST_AT_ONCE = 100;
const KEEP_DAYS = 90;
const DAY_MS = 86_400_000;

/** The background side of tasks: the work itself, the reconciler that misses nothing, and the end of what is old. */
@Injectable()
export class TasksProcessor {
  private readonly logger = new Logger(TasksProcessor.name);

  constructor(
    private readonly worker: TaskWorker,
    private readonly runs: TaskRuns,
    private readonly tasks: TaskRunsRepository,
    private readonly queue: TaskQueue,
    private readonly drain: Drain,
    private readonly clock: Clock,
  ) {}

  @Handles(runTask)
  async run({ taskId }: { taskId: string }, { signal }: JobContext): Promise<void> {
    await this.worker.work(taskId, signal);
  }

  /** Whatever was lost between a commit and its job, with Redis, or with a worker, moves again within seconds. */
  @Every({ name: 'tasks.reconcile', everyMs: 5_000 })
  async reconcile(): Promise<void> {
    for (const task of await this.tasks.findLost(LOST_AT_ONCE)) {
      try {
        await this.runs.takeBack(task);
      } catch (error) {
        // It keeps none of the others from moving.
        this.logger.error({ err: error, taskId: task.id }, 'A lost task could not be taken back');
      }
    }
    await this.queue.addFirsts();
  }

  @Every({ name: 'tasks.forget', everyMs: 3_600_000 })
  async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP_DAYS * DAY_MS);
    await this.tasks.forgetFinished(before, this.drain.signal);
  }
}
