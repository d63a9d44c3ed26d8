import { Injectable, Logger } from '@nestjs/common';
import { accountRemoved } from '../../accounts/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { isDatabaseAway } from '../../../platform/database/is-database-away.js';
import { OnEvent } from '../../../platform/events/event.js';
import { TaskHandlers } from '../task-handlers.js';
import { taskCancelRequested } from '../tasks.events.js';
import { ProgressReport } from './progress-report.js';
import { isOurFault, taskFailure } from './task-failure.js';
import { TaskHold, TaskUnheeding } from './task-hold.js';
import { TaskRuns } from './task-runs.js';
import { TaskRunsRepository, type Left, type Progress, type TaskRun } from './task-runs.repository.js';

const TRY_AGAIN_MS = 1_000;

/** Works on one task at a time for each call, and writes down how it ended. */
@Injectable()
export class TaskWorker {
  private readonly logger = new Logger(TaskWorker.name);
  private readonly holds = new Map<TaskHold, TaskRun>();

  constructor(
    private readonly handlers: TaskHandlers,
    private readonly runs: TaskRuns,
    private readonly leases: TaskRunsRepository,
    private readonly clock: Clock,
  ) {}

  async work(taskId: string, shutdown: AbortSignal): Promise<void> {
    if (shutdown.aborted) return;
    const run = await this.runs.begin(taskId);
    if (run) await this.workOn(run, shutdown);
  }

  @OnEvent(taskCancelRequested)
  onCancel({ taskId }: { taskId: string }): void {
    this.cancelWhere(({ id }) => id === taskId);
  }

  @OnEvent(accountRemoved)
  onAccountRemoved({ userId }: { userId: string }): void {
    this.cancelWhere((run) => run.userId === userId);
  }

  private cancelWhere(isMeant: (run: TaskRun) => boolean): void {
    for (const [hold, run] of this.holds) if (isMeant(run)) hold.break('cancelled');
  }

  private async workOn(run: TaskRun, shutdown: AbortSignal): Promise<void> {
    const hold = new TaskHold({ run, runs: this.leases, clock: this.clock });
    const report = this.reportOf(run);
    const handBack = () => {
      hold.break('handed_back');
    };
    this.holds.set(hold, run);
    shutdown.addEventListener('abort', handBack, { once: true });
    if (shutdown.aborted) handBack();
    try {
      const left = await this.outcomeOf(run, hold, report);
      await this.settle(run, hold, await report.end(), left);
    } finally {
      shutdown.removeEventListener('abort', handBack);
      this.holds.delete(hold);
      await hold.end();
    }
  }

  private reportOf(run: TaskRun): ProgressReport {
    return new ProgressReport({
      begun: run,
      write: (progress) => this.runs.report(run, progress),
      onError: (error) => {
        this.logger.warn({ err: error, taskId: run.id }, 'The progress of a task could not be written');
      },
      clock: this.clock,
    });
  }

  private async outcomeOf(run: TaskRun, hold: TaskHold, report: ProgressReport): Promise<Left> {
    const { id, userId, kind, payload } = run;
    try {
      const progress = (percent: number, step?: string) => {
        report.say(percent, step);
      };
      const work = this.handlers.of(kind)({ id, userId, payload }, { signal: hold.signal, progress });
      const result = await Promise.race([work, hold.patience()]);
      return { state: 'succeeded', progress: 100, result };
    } catch (error) {
      if (error instanceof TaskUnheeding) this.logger.error({ err: error, taskId: id, kind }, 'A handler was given up');
      if (hold.brokenBy === null) return this.failed(run, error);
      return { state: hold.brokenBy === 'cancelled' ? 'cancelled' : 'queued' };
    }
  }

  private failed({ id, kind }: TaskRun, error: unknown): Left {
    if (isOurFault(error)) this.logger.error({ err: error, taskId: id, kind }, 'A task has failed');
    return { state: 'failed', error: taskFailure(error) };
  }

  private async settle(run: TaskRun, hold: TaskHold, reached: Progress, left: Left): Promise<void> {
    try {
      await this.writeEnd(run, hold, { ...reached, ...left });
    } catch (error) {
      if (left.state !== 'succeeded') throw error;
      // What a handler answers may be nothing that PostgreSQL can keep.
      await this.writeEnd(run, hold, { ...reached, ...this.failed(run, error) });
    }
  }

  /** Hours of work may hang on it: while the task is in these hands, a database that is away is waited for. */
  private async writeEnd(run: TaskRun, hold: TaskHold, left: Left): Promise<void> {
    while (!hold.isLost) {
      try {
        await (left.state === 'queued' ? this.runs.handBack(run, left) : this.runs.end(run, left));
        return;
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        this.logger.warn({ err: error, taskId: run.id }, 'The end of a task could not be written yet');
        await this.clock.delay(TRY_AGAIN_MS);
      }
    }
  }
}
