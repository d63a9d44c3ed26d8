import { DomainError } from '../../platform/errors/domain-error.js';
import type { TaskError } from './task.entity.js';

export const taskNotFound = () => new DomainError('tasks.not_found', 'not_found', 'There is no such task');

export const taskFinished = () => new DomainError('tasks.finished', 'conflict', 'This task has finished already');

/** A task that workers were lost over again and again. */
export const INTERRUPTED: TaskError = {
  code: 'tasks.interrupted',
  message: 'The work was interrupted too often',
};
