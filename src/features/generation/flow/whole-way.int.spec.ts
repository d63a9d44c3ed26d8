import { eventually } from '../../../../test/support/eventually.js';
import { Database } from '../../../platform/database/database.js';
import { VideoDelivery } from '../index.js';
import { generationWorld, type GenerationNode, type GenerationWorld } from '../testing/generation-world.js';

const WORKER = { NEXUS_ROLES: 'worker', GENERATION_POLL_FIRST_SEC: '0.05', GENERATION_POLL_EVERY_SEC: '0.05' };

/** In two processes, where nobody but the workers moves anything; with fewer tasks than fill the window of an account. */
describe('the whole way of a job', () => {
  let world: GenerationWorld;
  let nodes: GenerationNode[];
  let node: GenerationNode;
  let database: Database;
  beforeAll(async () => {
    world = await generationWorld();
    nodes = [await world.start(WORKER), await world.start(WORKER)];
    node = nodes[0]!;
    database = node.app.get(Database);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    world.kie.reset();
    world.writer.reset();
  });

  const shown = () => nodes.flatMap(({ frontend }) => frontend.shown);
  const shownOf = (id: string) => shown().filter(({ subject }) => subject === id);

  it('leads each to one prompt, one task, one video and one capture', async () => {
    const people = await Promise.all([node.person(3), node.person(3), node.person(3)]);
    const jobs = (await Promise.all(people.map((person) => node.ordered(person, { count: 3 })))).flat();
    await eventually(() => jobs.every(({ id }) => shownOf(id).length === 1), 30_000);
    for (const { id } of jobs) await node.app.get(VideoDelivery).settled(id, { state: 'sent', fileId: `file-${id}` });
    expect(world.writer.asked.toSorted()).toEqual(jobs.map(({ id }) => id).toSorted());
    expect(world.kie.created).toHaveLength(9);
    expect(world.kie.uploads).toBeLessThanOrEqual(9);
    for (const { id } of jobs) {
      expect(shownOf(id).map(({ what }) => what)).toEqual(['video']);
      const timeline = await node.jobs.timeline(id);
      expect(timeline.filter(({ from, to }) => from !== to).map(({ to }) => to)).toEqual([
        'queued',
        'prompting',
        'queued',
        'submitting',
        'generating',
        'delivering',
        'delivered',
      ]);
    }
    for (const person of people) expect(await node.balance(person)).toEqual({ available: 0, held: 0 });
    const keys = await database.query('SELECT in_flight, requests FROM generation_keys');
    expect(keys).toEqual([{ in_flight: 0, requests: 9 }]);
  });

  it('goes on in another process when one stops in order', async () => {
    const person = await node.person(5);
    const stopped = await world.start(WORKER);
    const jobs = await node.ordered(person, { count: 5 });
    await stopped.close();
    await eventually(() => jobs.every(({ id }) => shownOf(id).length === 1), 30_000);
    for (const { id } of jobs) expect(await node.jobs.get(id)).toMatchObject({ status: 'delivering', losses: 0 });
  });
});
