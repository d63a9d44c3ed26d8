import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { eventually } from '../../../../test/support/eventually.js';
import { Events } from '../../../platform/events/events.js';
import { ProgramRunner } from '../../../platform/programs/program-runner.js';
import type { TaskStopped } from '../index.js';
import { untilStopped, type ScriptedRun } from '../testing/scripted-work.js';
import { tasksWorld, type Node, type TasksWorld } from '../testing/tasks-world.js';

/** Nobody else sleeps for so long. */
const SLEEP_SEC = '86399.0625';

describe('cancelling tasks', () => {
  let world: TasksWorld;
  let nodes: Node[];
  beforeAll(async () => {
    world = await tasksWorld();
    nodes = [world.node, await world.start()];
  });
  afterAll(() => world.close());
  beforeEach(() => {
    for (const { work } of nodes) {
      work.runs.length = 0;
      work.act = untilStopped;
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const runs = () => nodes.flatMap(({ work }) => work.runs);
  const stateOf = async (owner: string, id: string) => (await world.node.find(owner, id)).state;
  const isSleeping = () =>
    readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(`sleep\0${SLEEP_SEC}`));
  const reasonOf = (run: ScriptedRun) => (run.context.signal.reason as TaskStopped).why;

  it('ends their programs, whichever process runs them, before the task says so', async () => {
    const owner = await world.owner();
    const stopped: boolean[] = [];
    for (const { api, work } of nodes) {
      const programs = api.app.get(ProgramRunner);
      work.act = (run) => {
        const { signal } = run.context;
        void programs.run({ file: 'sleep', args: [SLEEP_SEC], cwd: tmpdir(), signal }).then(({ aborted }) => {
          stopped.push(aborted);
          run.fail(signal.reason);
        });
      };
    }
    const task = await world.node.create(owner, 'long');
    await eventually(isSleeping);
    const asked = performance.now();
    // From the process that does not run it.
    await nodes.find(({ work }) => work.runs.length === 0)!.cancel(owner, task.id);
    await eventually(async () => (await stateOf(owner, task.id)) === 'cancelled');
    expect(performance.now() - asked).toBeLessThan(4_000);
    expect([isSleeping(), stopped, runs().map(reasonOf)]).toEqual([false, [true], ['cancelled']]);
    const { startedAt, finishedAt, error, result } = await world.node.find(owner, task.id);
    expect([startedAt, finishedAt]).toEqual([expect.any(Date), expect.any(Date)]);
    expect([error, result]).toEqual([null, null]);
    expect(await world.runningOf(owner)).toBe(0);
  });

  it('waits until the handler has cleaned up', async () => {
    const owner = await world.owner();
    for (const { work } of nodes) work.act = () => undefined;
    const task = await world.node.create(owner, 'tidy');
    const run = await eventually(() => runs()[0]);
    await world.node.cancel(owner, task.id);
    await eventually(() => run.context.signal.aborted);
    expect(await stateOf(owner, task.id)).toBe('running');
    expect(await world.runningOf(owner)).toBe(1);
    // To ask again is harmless.
    await world.node.cancel(owner, task.id);
    run.fail(new Error('Broken off'));
    await eventually(async () => (await stateOf(owner, task.id)) === 'cancelled');
  });

  it('comes too late for a handler that finishes all the same', async () => {
    const owner = await world.owner();
    for (const { work } of nodes) work.act = () => undefined;
    const task = await world.node.create(owner, 'quick');
    const run = await eventually(() => runs()[0]);
    await world.node.cancel(owner, task.id);
    run.finish();
    await eventually(async () => (await stateOf(owner, task.id)) === 'succeeded');
    await expect(world.node.cancel(owner, task.id)).rejects.toMatchObject({ code: 'tasks.finished' });
  });

  it('is seen at the next beat when its event was lost', async () => {
    const owner = await world.owner();
    const task = await world.node.create(owner, 'deaf');
    await eventually(() => runs()[0]);
    const publish = vi.spyOn(world.node.api.app.get(Events), 'publish').mockResolvedValue();
    await world.node.cancel(owner, task.id);
    expect(publish).toHaveBeenCalledOnce();
    publish.mockRestore();
    await eventually(async () => (await stateOf(owner, task.id)) === 'cancelled');
  });

  it('of all that an account has comes with its end, and nothing is written any more', async () => {
    const owner = await world.owner();
    for (const { work } of nodes) work.act = () => undefined;
    await world.node.create(owner, 'whose?');
    await world.node.create(owner, 'also');
    await eventually(() => runs().length === 2);
    await world.remove(owner);
    await eventually(() => runs().every(({ context }) => context.signal.aborted), 4_000);
    expect(runs().map(reasonOf)).toEqual(['cancelled', 'cancelled']);
    const [first, second] = runs();
    first!.context.progress(50, 'of nobody');
    first!.finish();
    second!.fail(new Error('Broken off'));
    // The same worker goes on with others.
    const other = await world.owner();
    for (const { work } of nodes) work.act = untilStopped;
    const task = await world.node.create(other, 'next');
    (await eventually(() => runs().find(({ name }) => name === 'next'))).finish();
    await eventually(async () => (await stateOf(other, task.id)) === 'succeeded');
    const [left] = await world.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM tasks WHERE user_id = $1',
      [owner],
    );
    expect(left?.count).toBe(0);
  });

  it('is for the owner alone', async () => {
    const [owner, stranger] = [await world.owner(), await world.owner()];
    const task = await world.node.create(owner, 'mine');
    const run = await eventually(() => runs()[0]);
    await expect(world.node.cancel(stranger, task.id)).rejects.toMatchObject({ code: 'tasks.not_found' });
    expect(run.context.signal.aborted).toBe(false);
    run.finish();
  });
});

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // It has just ended.
  }
}
