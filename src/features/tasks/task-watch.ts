import { Injectable, Logger } from '@nestjs/common';
import {
  catchError,
  concatMap,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  fromEvent,
  lastValueFrom,
  merge,
  Observable,
  of,
  startWith,
  Subject,
  takeUntil,
  takeWhile,
} from 'rxjs';
import { Clock } from '../../platform/clock/clock.js';
import { ticks } from '../../platform/clock/ticks.js';
import { OnEvent } from '../../platform/events/event.js';
import { Drain } from '../../platform/queue/drain.js';
import { isFinal } from './task-state.js';
import type { Task } from './task.entity.js';
import { Tasks } from './tasks.js';
import { taskChanged } from './tasks.events.js';
import { TasksRepository } from './tasks.repository.js';

/** An event may be lost on its way: then a change is seen after this time. */
const LOOK_EVERY_MS = 5_000;

/** Tasks to those who watch them. */
@Injectable()
export class TaskWatch {
  private readonly logger = new Logger(TaskWatch.name);
  private readonly changed = new Subject<string>();

  constructor(
    private readonly tasks: Tasks,
    private readonly rows: TasksRepository,
    private readonly clock: Clock,
    private readonly drain: Drain,
  ) {}

  @OnEvent(taskChanged)
  onChange({ taskId }: { taskId: string }): void {
    this.changed.next(taskId);
  }

  /** A task at once, and at each change; ends when it has finished, or is not there. */
  follow(owner: string, id: string): Observable<Task> {
    return merge(this.changed.pipe(filter((changed) => changed === id)), ticks(this.clock, LOOK_EVERY_MS)).pipe(
      startWith(undefined),
      concatMap(() => this.read(owner, id)),
      takeWhile((task) => task !== null),
      distinctUntilChanged(isSame),
      takeWhile(({ state }) => !isFinal(state), true),
    );
  }

  /**
   * Waits until a task has finished, until `waitMs` are over, `left` is aborted, or the process is to end.
   * @returns the task as it is then
   * @throws DomainError `tasks.not_found`
   */
  async untilFinished(owner: string, id: string, waitMs: number, left: AbortSignal): Promise<Task> {
    const task = await this.tasks.get(owner, id);
    if (waitMs === 0 || isFinal(task.state)) return task;
    const enough = merge(ticks(this.clock, waitMs), aborted(left), aborted(this.drain.signal));
    return lastValueFrom(this.follow(owner, id).pipe(takeUntil(enough)), { defaultValue: task });
  }

  /** A look that fails is left out: the next may go well. */
  private read(owner: string, id: string): Observable<Task | null> {
    return defer(() => this.rows.find(owner, id)).pipe(
      catchError((error: unknown) => {
        this.logger.warn({ err: error, taskId: id }, 'A task that is watched could not be read');
        return EMPTY;
      }),
    );
  }
}

function isSame(before: Task, now: Task): boolean {
  return before.state === now.state && before.progress === now.progress && before.step === now.step;
}

function aborted(signal: AbortSignal): Observable<unknown> {
  return signal.aborted ? of(true) : fromEvent(signal, 'abort');
}
