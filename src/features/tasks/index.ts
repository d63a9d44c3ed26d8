export { HandlesTask, type TaskContext, type TaskInHand } from './handles-task.js';
export { defineTask, type TaskKind } from './task-kind.js';
export { TaskStopped } from './task-stopped.js';
export type { Task } from './task.entity.js';
export { TasksModule } from './tasks.module.js';
export { Tasks } from './tasks.js';
