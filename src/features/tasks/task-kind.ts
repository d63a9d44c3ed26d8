import type { JobPayload } from '../../platform/queue/job.js';

/** What a handler answers; null when there is nothing to tell. */
export type TaskResult = JobPayload | null;

/** A kind of long work. The payload holds ids, not rows. */
export interface TaskKind<P extends JobPayload = JobPayload, R extends TaskResult = TaskResult> {
  /** `recordings.process`. */
  kind: string;
  /** Carries the type only. */
  payload?: P;
  /** Carries the type only. */
  result?: R;
}

export function defineTask<P extends JobPayload, R extends TaskResult = null>(kind: { kind: string }): TaskKind<P, R> {
  return kind;
}
