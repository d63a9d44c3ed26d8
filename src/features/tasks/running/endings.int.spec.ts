import { eventually } from '../../../../test/support/eventually.js';
import { Quotas } from '../../accounts/index.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { TaskHandlers } from '../task-handlers.js';
import { tasksWorld, type TasksWorld } from '../testing/tasks-world.js';

const HALF = 'half of a 🎬'.slice(0, -1);
const circular: Record<string, unknown> = {};
circular.itself = circular;

describe('what a handler does in the end', () => {
  let world: TasksWorld;
  beforeAll(async () => {
    world = await tasksWorld();
  });
  afterAll(() => world.close());
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const ended = async (handler: () => unknown) => {
    const owner = await world.owner();
    const { app } = world.node.api;
    vi.spyOn(app.get(TaskHandlers, { strict: false }), 'of').mockReturnValue(handler as never);
    const { id } = await world.node.create(owner, 'any');
    // Sooner than a lease ends: nobody is to do it once more.
    const task = await eventually(async () => {
      const found = await world.node.find(owner, id);
      return found.finishedAt && found;
    });
    expect((await app.get(Quotas, { strict: false }).usage(owner)).runningTasks).toBe(0);
    return task;
  };

  it.each<[string, () => unknown]>([
    ['throws before it has begun', () => thrown(new Error('a bug'))],
    ['throws an error that is frozen', () => Promise.reject(Object.freeze(new Error('a bug')))],
    ['answers a number without an end', () => Promise.resolve({ size: 1n })],
    ['answers itself', () => Promise.resolve(circular)],
    ['answers a zero byte', () => Promise.resolve({ name: '\0' })],
    ['answers half of a character', () => Promise.resolve({ name: HALF })],
  ])('%s: the task has failed', async (_, handler) => {
    const failed = { state: 'failed', error: { code: 'internal' }, result: null, progress: 0 };
    expect(await ended(handler)).toMatchObject(failed);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
  ])('answers %s: the task has succeeded', async (_, answer) => {
    expect(await ended(() => Promise.resolve(answer))).toMatchObject({ state: 'succeeded', error: null, result: null });
  });

  it('says what nobody can keep: its words are kept without it', async () => {
    const error = new DomainError('recordings.gone', 'not_found', `«${HALF}» is gone\0`);
    expect(await ended(() => Promise.reject(error))).toMatchObject({
      state: 'failed',
      error: { code: 'recordings.gone', message: '«half of a » is gone' },
    });
  });
});

function thrown(error: Error): never {
  throw error;
}
