/** Ids of tasks are `task_` and hex, or hex alone; other models of KIE have others. */
const TASK_ID = /^[\w.:-]{1,128}$/;

/** The task that a callback is about: `data.taskId`, or `data.task_id` as in KIE's own examples. null: none */
export function taskIdIn(body: unknown): string | null {
  const data = fieldOf(body, 'data');
  const taskId = fieldOf(data, 'taskId') ?? fieldOf(data, 'task_id');
  return typeof taskId === 'string' && TASK_ID.test(taskId) ? taskId : null;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
