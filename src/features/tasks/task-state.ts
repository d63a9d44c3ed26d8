import { TASK_STATES, type TaskState } from './task.entity.js';

/** Every way on. `queued` is entered again when a worker hands a task back, or was lost. */
export const TRANSITIONS: Record<TaskState, readonly TaskState[]> = {
  queued: ['running', 'cancelled'],
  running: ['queued', 'succeeded', 'failed', 'cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
};

const FINAL: readonly TaskState[] = TASK_STATES.filter((state) => TRANSITIONS[state].length === 0);

export function isFinal(state: TaskState): boolean {
  return FINAL.includes(state);
}
