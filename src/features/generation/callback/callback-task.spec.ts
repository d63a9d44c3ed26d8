import { taskIdIn } from './callback-task.js';

describe('the task of a callback', () => {
  it.each([
    [{ code: 200, data: { taskId: 'task_0a1b' } }, 'task_0a1b'],
    [{ data: { task_id: '5c79be8e6c8c4b0f' } }, '5c79be8e6c8c4b0f'],
    [{ data: { taskId: 'a', task_id: 'b' } }, 'a'],
    [{ taskId: 'task_1' }, null],
    [{ data: { taskId: '' } }, null],
    [{ data: { taskId: 'a b' } }, null],
    [{ data: { taskId: 'x'.repeat(129) } }, null],
    [{ data: { taskId: 17 } }, null],
    [{ data: { taskId: null } }, null],
    [{ data: { taskId: { toString: () => 'task_1' } } }, null],
    [{ data: ['task_1'] }, null],
    [{ data: null }, null],
    [[], null],
    ['task_1', null],
    [null, null],
    [undefined, null],
  ])('in %j is %j', (body, taskId) => {
    expect(taskIdIn(body)).toBe(taskId);
  });
});
