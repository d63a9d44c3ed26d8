import { eventually } from '../../../../test/support/eventually.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { Events } from '../../../platform/events/events.js';
import { Redis } from '../../../platform/redis/redis.js';
import { TaskStopped } from '../index.js';
import { untilStopped } from '../testing/scripted-work.js';
import { tasksWorld, type TasksWorld } from '../testing/tasks-world.js';
import { TaskHold } from './task-hold.js';
import { TaskRuns } from './task-runs.js';
import { TaskRunsRepository } from './task-runs.repository.js';

describe('tasks whose work is interrupted', () => {
  let world: TasksWorld;
  beforeAll(async () => {
    world = await tasksWorld();
  });
  afterAll(() => world.close());
  beforeEach(() => {
    world.node.work.runs.length = 0;
    world.node.work.act = untilStopped;
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const runsOf = (id: string) => world.node.work.runs.filter(({ task }) => task.id === id);
  const lossesOf = async (id: string) =>
    (await world.database.query<{ losses: number }>('SELECT losses FROM tasks WHERE id = $1', [id]))[0]?.losses;
  const began = (id: string, times = 1) => eventually(() => runsOf(id)[times - 1]);
  const stampOf = async (id: string) => {
    const rows = await world.database.query('SELECT n, state IN ($2, $3) FROM tasks WHERE id = $1', [
      id,
      'failed',
      'cancelled',
    ]);
    return JSON.stringify(rows);
  };
  const loseWorker = async (id: string) => {
    // A beat may come in between.
    const before = await stampOf(id);
    await eventually(async () => {
      await world.endLease(id);
      await world.node.reconcile();
      return (await stampOf(id)) !== before;
    });
  };

  it('by the death of a worker are taken over once its lease has ended, and done once', async () => {
    const owner = await world.owner(1);
    const dying = await world.start();
    // The only other worker takes nothing for now.
    await world.node.pause();
    const task = await dying.create(owner, 'orphan');
    const lost = await eventually(() => dying.work.runs[0]);
    await dying.kill();
    await world.node.resume();
    await world.node.reconcile();
    expect(world.node.work.runs).toEqual([]);
    const before = (await world.node.find(owner, task.id)).n;

    await loseWorker(task.id);
    const run = await began(task.id);
    expect((await world.node.find(owner, task.id)).n).toBeGreaterThan(before);
    expect(await lossesOf(task.id)).toBe(1);
    expect(await world.runningOf(owner)).toBe(1);
    lost.finish({ name: 'of the dead' });
    run.finish({ name: 'of the living' });
    await eventually(async () => (await world.node.find(owner, task.id)).state === 'succeeded');
    expect((await world.node.find(owner, task.id)).result).toEqual({ name: 'of the living' });
    expect(runsOf(task.id)).toHaveLength(1);
    expect(await world.runningOf(owner)).toBe(0);
  });

  it('are out of the hands of a worker that was only slow: it is told', async () => {
    const owner = await world.owner(1);
    const task = await world.node.create(owner, 'slow');
    const slow = await began(task.id);
    await loseWorker(task.id);
    const run = await began(task.id, 2);
    await eventually(() => slow.context.signal.aborted);
    expect((slow.context.signal.reason as TaskStopped).why).toBe('lost');
    expect([run.context.signal.aborted, await world.runningOf(owner)]).toEqual([false, 1]);
    run.finish();
    await eventually(async () => (await world.node.find(owner, task.id)).state === 'succeeded');
  });

  it('are fenced against a worker that has not been told yet: what it writes touches nothing', async () => {
    const owner = await world.owner(1);
    const task = await world.node.create(owner, 'slow');
    const slow = await began(task.id);
    await loseWorker(task.id);
    const run = await began(task.id, 2);
    const { app } = world.node.api;
    const reports = vi.spyOn(app.get(TaskRunsRepository, { strict: false }), 'report');
    const ends = vi.spyOn(app.get(TaskRuns, { strict: false }), 'end');
    slow.context.progress(90, 'too late');
    slow.finish({ name: 'too late' });
    const written = await eventually(() => ends.mock.results[0]);
    expect([await reports.mock.results[0]?.value, await written.value]).toEqual([false, false]);
    const untouched = { state: 'running', progress: 0, step: null, result: null };
    expect(await world.node.find(owner, task.id)).toMatchObject(untouched);
    expect(await world.runningOf(owner)).toBe(1);
    run.finish();
    await eventually(async () => (await world.node.find(owner, task.id)).state === 'succeeded');
    expect(await world.runningOf(owner)).toBe(0);
  });

  it('too often fail with a clear word', async () => {
    const owner = await world.owner(1);
    const task = await world.node.create(owner, 'poison');
    const next = await world.node.create(owner, 'next');
    for (let loss = 1; loss <= 5; loss += 1) {
      await began(task.id, loss);
      await loseWorker(task.id);
    }
    expect(await world.node.find(owner, task.id)).toMatchObject({
      state: 'failed',
      error: { code: 'tasks.interrupted' },
    });
    const run = await began(next.id);
    expect(runsOf(task.id)).toHaveLength(5);
    run.finish();
    await eventually(async () => (await world.runningOf(owner)) === 0);
  });

  it('by a wish to cancel, and their worker by death, are cancelled by the reconciler', async () => {
    const owner = await world.owner(1);
    const task = await world.node.create(owner, 'orphan');
    await began(task.id);
    // Deaf to all: neither its event nor its beat comes through.
    vi.spyOn(TaskHold.prototype, 'break').mockReturnValue();
    await world.node.cancel(owner, task.id);
    await loseWorker(task.id);
    expect(await world.node.find(owner, task.id)).toMatchObject({ state: 'cancelled', error: null });
    expect(await world.runningOf(owner)).toBe(0);
    expect(runsOf(task.id)).toHaveLength(1);
  });

  it('by a flush of Redis move again', async () => {
    const owner = await world.owner(1);
    const running = await world.node.create(owner, 'running');
    const run = await began(running.id);
    const waiting = await world.node.create(owner, 'waiting');
    const other = await world.owner(1);
    await world.node.pause();
    const unseen = await world.node.create(other, 'unseen');
    await world.node.api.app.get(Redis).client.flushAll();
    await world.node.resume();
    await world.node.reconcile();
    (await began(unseen.id)).finish();
    run.finish();
    (await began(waiting.id)).finish();
    for (const { id } of [running, waiting]) {
      await eventually(async () => (await world.node.find(owner, id)).state === 'succeeded');
      expect(runsOf(id)).toHaveLength(1);
    }
    expect(await lossesOf(running.id)).toBe(0);
  });

  it('by the end of the process are handed back, and go on in another without a loss', async () => {
    const owner = await world.owner(1);
    const stopping = await world.start();
    await world.node.pause();
    const task = await stopping.create(owner, 'moving house');
    const first = await eventually(() => stopping.work.runs[0]);
    first.context.progress(40, 'half way');
    await stopping.stop();
    expect((first.context.signal.reason as TaskStopped).why).toBe('handed_back');
    expect(await world.node.find(owner, task.id)).toMatchObject({ state: 'queued', progress: 40, step: 'half way' });
    expect(await world.runningOf(owner)).toBe(0);
    await world.node.resume();
    const run = await began(task.id);
    run.context.progress(10, 'again');
    run.finish();
    await eventually(async () => (await world.node.find(owner, task.id)).state === 'succeeded');
    expect(await lossesOf(task.id)).toBe(0);
  });

  it('by the end of the process are cancelled there and then when their owner has wished it', async () => {
    const owner = await world.owner(1);
    const stopping = await world.start();
    await world.node.pause();
    const task = await stopping.create(owner, 'not wanted');
    await eventually(() => stopping.work.runs[0]);
    const lost = vi.spyOn(stopping.api.app.get(Events), 'publish').mockResolvedValue();
    await stopping.cancel(owner, task.id);
    await stopping.stop();
    expect(lost).toHaveBeenCalled();
    expect((await world.node.find(owner, task.id)).state).toBe('cancelled');
    await world.node.resume();
  });

  it('by their own errors fail: expected ones with their words, others as our fault', async () => {
    const owner = await world.owner();
    const failing = async (error: unknown) => {
      const { id } = await world.node.create(owner, 'failing');
      (await began(id)).fail(error);
      await eventually(async () => (await world.node.find(owner, id)).state === 'failed');
      return world.node.find(owner, id);
    };
    const expected = new DomainError('recordings.gone', 'not_found', 'The recording\0 is gone');
    expect((await failing(expected)).error).toEqual({ code: 'recordings.gone', message: 'The recording is gone' });
    const internal = { code: 'internal', message: 'Something went wrong on our side' };
    expect((await failing(new Error('password is hunter2'))).error).toEqual(internal);
    expect((await failing('a word')).error).toEqual(internal);
    expect(await world.runningOf(owner)).toBe(0);
  });

  it('by an answer that cannot be kept fail, too', async () => {
    const owner = await world.owner();
    const task = await world.node.create(owner, 'unprintable');
    (await began(task.id)).finish({ name: '\0' });
    await eventually(async () => (await world.node.find(owner, task.id)).state === 'failed');
    expect((await world.node.find(owner, task.id)).error?.code).toBe('internal');
    expect(await world.runningOf(owner)).toBe(0);
  });
});
