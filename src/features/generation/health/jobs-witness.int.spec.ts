import { randomUUID } from 'node:crypto';
import type { WitnessPage } from '../../credits/index.js';
import { makeEvent, makeJob } from '../testing/make-job.js';
import { JobsWitness } from './jobs-witness.js';
import { healthWorld, type HealthWorld } from './testing/health-world.js';

const MADE = new Date('2026-11-20T10:00:00Z');
const AGAIN = new Date('2026-11-20T15:00:00Z');

describe('what jobs say of the ledger', () => {
  let world: HealthWorld;
  let witness: JobsWitness;
  beforeAll(async () => {
    world = await healthWorld({ GENERATION_MAX_MIN: '30' });
    witness = world.get(JobsWitness);
  });
  afterAll(() => world.close());
  beforeEach(() => world.empty());

  const make = (fields: Parameters<typeof makeJob>[1] = {}) => makeJob(world.database, { createdAt: MADE, ...fields });
  const holds = async () => (await witness.holds(null, 100)).holds;

  it.each([
    ['delivered', 'captured'],
    ['failed', 'released'],
    ['cancelled', 'released'],
  ] as const)('the hold of a %s job was %s', async (status, outcome) => {
    const id = await make({ status, costCredits: 3 });
    expect(await holds()).toEqual([{ reference: `job:${id}`, outcome, amount: 3 }]);
  });

  it.each(['queued', 'prompting', 'submitting', 'generating', 'delivering'] as const)(
    'the hold of a %s job ends within three times what a task may take',
    async (status) => {
      const id = await make({ status });
      const endsBy = new Date('2026-11-20T11:30:00Z');
      expect(await holds()).toEqual([{ reference: `job:${id}`, outcome: 'held', amount: 1, endsBy }]);
    },
  );

  it('each round has a hold of its own, and the time of the last begins when it was asked for', async () => {
    const id = await make({ round: 3, status: 'generating' });
    await makeEvent(world.database, id, { from: 'failed', to: 'queued', at: MADE });
    await makeEvent(world.database, id, { from: 'failed', to: 'queued', at: AGAIN });
    await makeEvent(world.database, id, { from: 'submitting', to: 'queued', at: new Date('2026-11-20T16:00:00Z') });
    expect(await holds()).toEqual([
      { reference: `job:${id}`, outcome: 'released', amount: 1 },
      { reference: `job:${id}:2`, outcome: 'released', amount: 1 },
      { reference: `job:${id}:3`, outcome: 'held', amount: 1, endsBy: new Date('2026-11-20T16:30:00Z') },
    ]);
  });

  it('all of them are told, page by page, each once', async () => {
    const ids = Array.from({ length: 7 }, () => randomUUID()).sort();
    for (const id of ids) await make({ id, status: 'failed', round: 2 });
    const pages: WitnessPage[] = [];
    let after: string | null = null;
    do {
      const page = await witness.holds(after, 3);
      pages.push(page);
      after = page.next;
    } while (after !== null);
    expect(pages.map(({ jobs, next }) => ({ jobs, next }))).toEqual([
      { jobs: 3, next: ids[2] },
      { jobs: 3, next: ids[5] },
      { jobs: 1, next: null },
    ]);
    const references = ids.flatMap((id) => [`job:${id}`, `job:${id}:2`]);
    expect(pages.flatMap((page) => page.holds.map(({ reference }) => reference))).toEqual(references);
  });
});
