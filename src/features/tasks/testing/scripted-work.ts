import { Injectable } from '@nestjs/common';
import { defineTask, HandlesTask, type TaskContext, type TaskInHand } from '../index.js';

type Payload = { name: string };
type Result = { name: string };

export const scriptedTask = defineTask<Payload, Result>({ kind: 'test.scripted' });

/** One run of a handler. */
export class ScriptedRun {
  readonly ended: Promise<Result>;
  isOver = false;
  private resolve: (result: Result) => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(
    readonly task: TaskInHand<Payload>,
    readonly context: TaskContext,
  ) {
    this.ended = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  get name(): string {
    return this.task.payload.name;
  }

  finish(result: Result = { name: this.name }): void {
    this.isOver = true;
    this.resolve(result);
  }

  fail(error: unknown): void {
    this.isOver = true;
    this.reject(error);
  }
}

/** Works on a task until a test says how it ends, or stops when it is told to; a test may make it do something else. */
@Injectable()
export class ScriptedWork {
  readonly runs: ScriptedRun[] = [];
  act: (run: ScriptedRun) => void = untilStopped;

  @HandlesTask(scriptedTask)
  async work(task: TaskInHand<Payload>, context: TaskContext): Promise<Result> {
    const run = new ScriptedRun(task, context);
    this.runs.push(run);
    this.act(run);
    return run.ended;
  }
}

export function untilStopped(run: ScriptedRun): void {
  const { signal } = run.context;
  const stop = () => {
    run.fail(signal.reason);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
}
