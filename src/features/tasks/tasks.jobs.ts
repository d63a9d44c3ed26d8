import { defineJob } from '../../platform/queue/job.js';

/** Tasks that one process works on at once, of whatever kind. */
const CONCURRENCY = 8;

/** Work on a task, when it is its turn. */
export const runTask = defineJob<{ taskId: string; n: number }>({
  name: 'tasks.run',
  concurrency: () => CONCURRENCY,
  id: ({ taskId, n }) => `${taskId}-run-${n}`,
});
