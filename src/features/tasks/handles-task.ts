import { Reflector } from '@nestjs/core';
import type { JobPayload } from '../../platform/queue/job.js';
import type { TaskKind, TaskResult } from './task-kind.js';

/** The task that a handler works on. */
export interface TaskInHand<P extends JobPayload = JobPayload> {
  id: string;
  /** Whose it is. */
  userId: string;
  payload: P;
}

export interface TaskContext {
  /**
   * Aborted with a `TaskStopped` that says why: clean up and throw. Whoever returns a result all the same has succeeded.
   */
  signal: AbortSignal;
  /**
   * Tells the owner how far it is; may be called as often as is convenient.
   * @param percent 0 to 100; it never goes back
   * @param step a word on what is being done; the last one stays until there is another
   */
  progress(percent: number, step?: string): void;
}

/** What it throws fails the task: a `DomainError` with its code and words, anything else as our fault. */
export type TaskHandler<P extends JobPayload, R extends TaskResult> = (
  task: TaskInHand<P>,
  context: TaskContext,
) => Promise<R>;

const Handled = Reflector.createDecorator<TaskKind>();

/** Marks the one method that does a kind of task. The start fails when a declared kind has none, or two. */
export function HandlesTask<P extends JobPayload, R extends TaskResult>(kind: TaskKind<P, R>) {
  return <M extends TaskHandler<P, R>>(
    target: object,
    property: string,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    Handled(kind as unknown as TaskKind)(target, property, descriptor);
  };
}

export function handledTask(reflector: Reflector, method: TaskHandler<JobPayload, TaskResult>): TaskKind | undefined {
  return reflector.get(Handled, method);
}
