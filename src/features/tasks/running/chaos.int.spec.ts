import { eventually } from '../../../../test/support/eventually.js';
import { Redis } from '../../../platform/redis/redis.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { untilStopped, type ScriptedRun } from '../testing/scripted-work.js';
import { tasksWorld, type Node, type TasksWorld } from '../testing/tasks-world.js';

const MOST = 2;
const STEPS = 120;
const SEED = 1;
/** The share of steps in which a process dies. */
const DEATHS = 0.05;

/** The same numbers for the same seed (mulberry32). */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('whatever happens to tasks', () => {
  let world: TasksWorld;
  beforeAll(async () => {
    world = await tasksWorld();
  });
  afterAll(() => world.close());

  /** Owners whose quota is not what they have at work, or more than they may have: none. */
  const wronged = () =>
    world.database.query(
      `SELECT owner, running, used FROM (
         SELECT users.id AS owner,
           (SELECT count(*)::int FROM tasks WHERE user_id = users.id AND state = 'running') AS running,
           coalesce((SELECT used FROM quota_usage WHERE user_id = users.id AND quota = 'tasks'), 0)::int AS used
         FROM users) AS accounts
       WHERE running <> used OR running > $1`,
      [MOST],
    );
  const unfinished = async () =>
    (await world.database.query<{ id: string }>(`SELECT id FROM tasks WHERE state IN ('queued', 'running')`)).map(
      ({ id }) => id,
    );

  it('quotas are what is at work, and all of it ends', async () => {
    const chance = numbersOf(SEED);
    const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(chance() * from.length)];
    const owners = [await world.owner(MOST), await world.owner(MOST), await world.owner(MOST)];
    let mortal: Node = await world.start();
    const nodes = () => [world.node, mortal];
    const act = (run: ScriptedRun) => {
      // Some do not listen.
      if (chance() < 0.7) untilStopped(run);
    };
    const openRuns = () => nodes().flatMap(({ work }) => work.runs.filter(({ isOver }) => !isOver));
    const deeds: [share: number, () => unknown][] = [
      [10, () => world.node.create(pick(owners)!, 'plain')],
      [4, () => mortal.create(pick(owners)!, 'keyed', pick(['a', 'b']))],
      [8, () => pick(openRuns())?.finish()],
      [3, () => pick(openRuns())?.fail(new DomainError('test.failed', 'invalid', 'It did not work'))],
      [2, () => pick(openRuns())?.finish({ name: '\0' })],
      [
        6,
        async () => {
          const id = pick(await unfinished());
          const [row] = await world.database.query<{ owner: string }>(
            'SELECT user_id AS owner FROM tasks WHERE id = $1',
            [id],
          );
          // It may have finished meanwhile.
          if (id && row) await world.node.cancel(row.owner, id).catch((error: unknown) => expectDomain(error));
        },
      ],
      [3, async () => world.endLease(pick(await unfinished()) ?? owners[0]!)],
      [4, () => world.node.reconcile()],
      [1, () => world.node.api.app.get(Redis).client.flushDb()],
    ];
    world.node.work.act = act;
    const all = deeds.flatMap(([share, deed]) => Array.from({ length: share }, () => deed));
    for (let step = 1; step <= STEPS; step += 1) {
      if (step % 30 === 0) {
        await world.remove(owners.shift()!);
        owners.push(await world.owner(MOST));
      }
      if (chance() < DEATHS) {
        // Amid its runs, but not amid a deed of the test, which would fail with it.
        await (chance() < 0.5 ? mortal.kill() : mortal.stop());
        mortal = await world.start();
      } else {
        await Promise.all([pick(all)!(), pick(all)!()]);
      }
      expect(await wronged()).toEqual([]);
    }
    for (const { work } of nodes()) work.act = (run) => run.finish();
    await eventually(async () => {
      for (const run of openRuns()) run.finish();
      for (const id of await unfinished()) await world.endLease(id);
      await world.node.reconcile();
      return (await unfinished()).length === 0;
    }, 20_000);
    expect(await wronged()).toEqual([]);
    await mortal.stop();
  });
});

function expectDomain(error: unknown): void {
  expect(error).toBeInstanceOf(DomainError);
}
