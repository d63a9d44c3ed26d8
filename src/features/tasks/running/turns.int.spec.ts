import { eventually } from '../../../../test/support/eventually.js';
import { Database } from '../../../platform/database/database.js';
import { Jobs } from '../../../platform/queue/jobs.js';
import { scriptedTask, untilStopped } from '../testing/scripted-work.js';
import { tasksWorld, type Node, type TasksWorld } from '../testing/tasks-world.js';
import { Tasks } from '../index.js';
import { runTask } from '../tasks.jobs.js';
import { TaskQueue } from './task-queue.js';

describe('the turns of tasks', () => {
  let world: TasksWorld;
  let nodes: Node[];
  beforeAll(async () => {
    world = await tasksWorld();
    nodes = [world.node, await world.start()];
  });
  afterAll(() => world.close());
  beforeEach(() => {
    // Nobody comes to the rescue: what moves, moves by itself.
    vi.spyOn(TaskQueue.prototype, 'addFirsts').mockResolvedValue();
    for (const { work } of nodes) {
      work.runs.length = 0;
      work.act = untilStopped;
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const runs = () => nodes.flatMap(({ work }) => work.runs);
  const runOf = (name: string) => runs().find((run) => run.name === name);
  const names = (count: number, prefix = 'task') => Array.from({ length: count }, (_, index) => `${prefix} ${index}`);
  const count = async (owner: string, state: string) => {
    const [row] = await world.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM tasks WHERE user_id = $1 AND state = $2',
      [owner, state],
    );
    return row?.count ?? 0;
  };
  const inOrder = async (owner: string, columns: string) =>
    (
      await world.database.query<{ name: string }>(
        `SELECT payload ->> 'name' AS name FROM tasks WHERE user_id = $1 ORDER BY ${columns}`,
        [owner],
      )
    ).map(({ name }) => name);
  const inOrderOfCreation = (owner: string) => inOrder(owner, 'turn');
  const inOrderOfStart = (owner: string) => inOrder(owner, 'started_at, turn');

  it('are kept, and no more run than the owner may: when one ends the next begins', async () => {
    const owner = await world.owner(3);
    const wanted = names(20);
    await Promise.all(wanted.slice(0, 10).map((name) => nodes[0]!.create(owner, name)));
    for (const [index, name] of wanted.slice(10).entries()) await nodes[index % 2]!.create(owner, name);
    for (let ended = 0; ended < 20; ended += 1) {
      await eventually(() => runs().length === Math.min(20, ended + 3));
      expect(runs().filter(({ isOver }) => !isOver)).toHaveLength(Math.min(3, 20 - ended));
      expect(await count(owner, 'running')).toBeLessThanOrEqual(3);
      runs()
        .find(({ isOver }) => !isOver)!
        .finish();
    }
    await eventually(async () => (await count(owner, 'succeeded')) === 20);
    expect(await inOrderOfStart(owner)).toEqual(await inOrderOfCreation(owner));
    expect(await world.runningOf(owner)).toBe(0);
  });

  it('are kept in the greatest haste', async () => {
    const owner = await world.owner(3);
    let running = 0;
    let most = 0;
    for (const { work } of nodes) {
      work.act = (run) => {
        running += 1;
        most = Math.max(most, running);
        setImmediate(() => {
          running -= 1;
          run.finish();
        });
      };
    }
    await Promise.all(names(40).map((name, index) => nodes[index % 2]!.create(owner, name)));
    await eventually(async () => (await count(owner, 'succeeded')) === 40, 30_000);
    expect(most).toBeLessThanOrEqual(3);
    expect(runs()).toHaveLength(40);
    expect(await inOrderOfStart(owner)).toEqual(await inOrderOfCreation(owner));
    expect(await world.runningOf(owner)).toBe(0);
  });

  it('are those in which they were asked for, also within one transaction', async () => {
    const owner = await world.owner(1);
    const wanted = names(6);
    const order: string[] = [];
    for (const { work } of nodes) {
      work.act = (run) => {
        order.push(run.name);
        run.finish();
      };
    }
    await world.node.api.app.get(Database).transaction(async () => {
      for (const name of wanted) await world.node.create(owner, name);
    });
    await eventually(async () => (await count(owner, 'succeeded')) === 6);
    expect(order).toEqual(wanted);
  });

  it('of one owner are no matter of another', async () => {
    const [busy, other] = [await world.owner(1), await world.owner(1)];
    for (const name of names(20, 'busy')) await world.node.create(busy, name);
    await world.node.create(other, 'quick');
    await eventually(() => runs().some(({ name }) => name === 'quick'));
    expect(runs()).toHaveLength(2);
    for (const run of runs()) run.finish();
    for (const { work } of nodes) work.act = (run) => run.finish();
    await eventually(async () => (await count(busy, 'succeeded')) === 20);
  });

  it('go to the next at once when one that waits is cancelled', async () => {
    const owner = await world.owner(1);
    await world.node.create(owner, 'first');
    const second = await world.node.create(owner, 'second');
    await world.node.create(owner, 'third');
    const first = await eventually(() => runOf('first'));
    await world.node.cancel(owner, second.id);
    first.finish();
    (await eventually(() => runOf('third'))).finish();
    expect(runOf('second')).toBeUndefined();
    expect(await world.node.find(owner, second.id)).toMatchObject({ state: 'cancelled', startedAt: null });
  });

  it('go to the next though Bull has not let go of the last job for it', async () => {
    const owner = await world.owner(1);
    await world.node.create(owner, 'first');
    const first = await eventually(() => runOf('first'));
    const { id } = await world.node.create(owner, 'second');
    const jobs = world.node.api.app.get(Jobs);
    await eventually(async () => {
      const { active, waiting } = await jobs.queue(runTask.name).getJobCounts();
      return active === 1 && waiting === 0;
    });
    const { n } = await world.node.find(owner, id);
    await jobs.enqueue(runTask, { taskId: id, n }, { delayMs: 3_600_000 });
    first.finish();
    (await eventually(() => runOf('second'))).finish();
  });

  it('are kept by unfinished ones alone: the same key asks once', async () => {
    const owner = await world.owner(1);
    const [first, again] = [await nodes[0]!.create(owner, 'one', 'key'), await nodes[1]!.create(owner, 'two', 'key')];
    expect(again.id).toBe(first.id);
    const [stranger, otherKey] = [await world.owner(), 'other key'];
    expect((await world.node.create(stranger, 'one', 'key')).id).not.toBe(first.id);
    expect((await world.node.create(owner, 'one', otherKey)).id).not.toBe(first.id);
    for (const { work } of nodes) work.act = (run) => run.finish();
    await eventually(() => runs().some(({ task }) => task.id === first.id));
    for (const run of runs()) run.finish();
    await eventually(async () => (await world.node.find(owner, first.id)).state === 'succeeded');
    expect((await world.node.create(owner, 'one', 'key')).id).not.toBe(first.id);
  });

  it('of one key asked for by many at once are one', async () => {
    const owner = await world.owner(1);
    const asked = await Promise.all(names(20).map((name, index) => nodes[index % 2]!.create(owner, name, 'key')));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  });

  it('are not asked for by what was rolled back', async () => {
    const owner = await world.owner();
    const { app } = world.node.api;
    const work = app.get(Database).transaction(async () => {
      await app.get(Tasks, { strict: false }).create(owner, scriptedTask, { name: 'never' });
      throw new Error('No');
    });
    await expect(work).rejects.toThrow('No');
    expect(await count(owner, 'queued')).toBe(0);
  });
});
