import { TASK_STATES, type TaskState } from './task.entity.js';
import { isFinal, TRANSITIONS } from './task-state.js';

describe('the states of a task', () => {
  const reachable = (from: TaskState, seen = new Set<TaskState>([from])): Set<TaskState> => {
    for (const next of TRANSITIONS[from]) if (!seen.has(next)) reachable(next, seen.add(next));
    return seen;
  };

  it('can all be reached from queued, and each can reach an end', () => {
    expect([...reachable('queued')].sort()).toEqual([...TASK_STATES].sort());
    for (const state of TASK_STATES) expect([...reachable(state)].some(isFinal)).toBe(true);
  });

  it('end as succeeded, failed or cancelled', () => {
    expect(TASK_STATES.filter(isFinal)).toEqual(['succeeded', 'failed', 'cancelled']);
  });
});
