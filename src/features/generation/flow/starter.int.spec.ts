import { eventually } from '../../../../test/support/eventually.js';
import { Database } from '../../../platform/database/database.js';
import { Jobs } from '../../../platform/queue/jobs.js';
import { promptJob, startJobs, submitJob } from '../generation.jobs.js';
import { JobEnds } from '../jobs/job-ends.js';
import { KeyDesk } from '../keys/key-desk.js';
import { generationWorld, type GenerationNode, type GenerationWorld } from '../testing/generation-world.js';
import { kieError } from '../testing/scripted-kie.js';
import { walk } from '../testing/walk.js';
import { Starter } from './starter.js';

describe('turns', () => {
  let world: GenerationWorld;
  let nodes: GenerationNode[];
  let node: GenerationNode;
  let database: Database;
  beforeAll(async () => {
    world = await generationWorld();
    const env = { GENERATION_CONCURRENCY: '10', GENERATION_MAX_IN_FLIGHT_PER_USER: '10' };
    nodes = [await world.start(env), await world.start(env)];
    node = nodes[0]!;
    database = node.app.get(Database);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await database.query('DELETE FROM generation_jobs');
    for (const { name } of [promptJob, submitJob, startJobs]) await node.app.get(Jobs).queue(name).empty();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const own = { kind: 'own', userPrompt: 'A mug dances' } as const;
  const room = (calls: number) => vi.spyOn(KeyDesk.prototype, 'room').mockResolvedValue(calls);
  const start = () => node.app.get(Starter).run();
  const jobsIn = async (status: string) => {
    const rows = await database.query<{ tgUserId: string }>(
      'SELECT tg_user_id AS "tgUserId" FROM generation_jobs WHERE status = $1 ORDER BY timings ->> $1, id',
      [status],
    );
    return rows.map(({ tgUserId }) => Number(tgUserId));
  };
  const held = async (name: string) => (await node.app.get(Jobs).queue(name).getWaiting()).length;
  const many = async (tgUserId: number, batches: number, changes = {}) => {
    for (let index = 0; index < batches; index += 1) await node.ordered(tgUserId, { count: 5, ...changes });
  };

  it('go first to prompts, without asking how much the provider may take', async () => {
    room(0);
    const [job] = await node.ordered(await node.person(1));
    await start();
    expect(await node.jobs.get(job!.id)).toMatchObject({ status: 'prompting', run: 2 });
    expect((await node.jobs.timeline(job!.id)).at(-1)).toMatchObject({ from: 'queued', to: 'prompting' });
    expect(await held(promptJob.name)).toBe(1);
  });

  it('go to as many jobs with a prompt as the provider may take', async () => {
    room(3);
    await many(await node.person(5), 1, own);
    await start();
    expect(await jobsIn('submitting')).toHaveLength(3);
    expect(await held(submitJob.name)).toBe(3);
    // They have not been submitted yet: the room is theirs.
    await start();
    expect(await jobsIn('submitting')).toHaveLength(3);
    room(5);
    await start();
    expect(await jobsIn('submitting')).toHaveLength(5);
  });

  it("of jobs whose call was begun are counted by the provider's window alone", async () => {
    room(1);
    const jobs = await node.ordered(await node.person(3), { ...own, count: 3 });
    const first = await walk(node.jobs, jobs[0]!.id, 'submitting');
    await database.query(
      `INSERT INTO generation_submissions (job_id, attempt, model, account, token_hash)
       VALUES ($1, 1, 'a model', 'an account', 'hash')`,
      [first.id],
    );
    await start();
    expect(await jobsIn('submitting')).toHaveLength(2);
  });

  it('are taken by people in turns: fifty jobs of one do not hold up the one of another', async () => {
    room(4);
    const [busy, other] = [await node.person(50), await node.person(1)];
    await many(busy, 10, own);
    await node.ordered(other, own);
    await start();
    const begun = await jobsIn('submitting');
    expect(begun).toHaveLength(4);
    expect(begun).toContain(other);
  });

  it('count what moves already: who has nothing on its way comes first', async () => {
    const [busy, other] = [await node.person(10), await node.person(10)];
    await many(busy, 2, own);
    room(4);
    await start();
    await many(other, 2, own);
    room(8);
    await start();
    const begun = await jobsIn('submitting');
    expect(begun.filter((person) => person === other)).toHaveLength(4);
  });

  it('stop for a person who has as many on their way as he may', async () => {
    room(100);
    const person = await node.person(30);
    await many(person, 6, own);
    await start();
    await start();
    expect(await jobsIn('submitting')).toHaveLength(10);
    const [{ id } = { id: '' }] = await database.query<{ id: string }>(
      `SELECT id FROM generation_jobs WHERE status = 'submitting' LIMIT 1`,
    );
    await node.app.get(JobEnds, { strict: false }).fail(await node.jobs.get(id), kieError({ class: 'CONFIG' }));
    await start();
    expect(await jobsIn('submitting')).toHaveLength(10);
    expect(await jobsIn('queued')).toHaveLength(19);
  });

  it('go to no more prompts than workers will soon take up', async () => {
    room(0);
    for (let person = 0; person < 5; person += 1) await many(await node.person(10), 2);
    await start();
    await start();
    expect(await jobsIn('prompting')).toHaveLength(20);
  });

  it('do not come before their time', async () => {
    room(10);
    const [job] = await node.ordered(await node.person(1), own);
    const submitting = await walk(node.jobs, job!.id, 'submitting');
    await node.app.get(JobEnds, { strict: false }).retry(submitting, kieError(), { delaySec: 60, tell: false });
    await start();
    expect(await jobsIn('queued')).toHaveLength(1);
    await node.jobs.write(job!.id, { nextAttemptAt: new Date() });
    await start();
    expect(await node.jobs.get(job!.id)).toMatchObject({ status: 'submitting', nextAttemptAt: null });
  });

  it('are decided by one of many at the same time', async () => {
    room(7);
    for (let person = 0; person < 4; person += 1) await many(await node.person(5), 1, own);
    await Promise.all(Array.from({ length: 6 }, (_, index) => nodes[index % 2]!.app.get(Starter).run()));
    expect(await jobsIn('submitting')).toHaveLength(7);
    const lines = await database.query(`SELECT FROM generation_job_events WHERE "to" = 'submitting'`);
    expect(lines).toHaveLength(7);
    expect(await held(submitJob.name)).toBe(7);
  });

  it('are given anew when the decision was cut off before its commit', async () => {
    room(10);
    const [job] = await node.ordered(await node.person(1), own);
    const work = database.transaction(async () => {
      await start();
      throw new Error('Killed');
    });
    await expect(work).rejects.toThrow('Killed');
    expect(await node.jobs.get(job!.id)).toEqual(job);
    expect(await held(submitJob.name)).toBe(0);
    await start();
    expect(await jobsIn('submitting')).toHaveLength(1);
  });

  it('are asked for by an order, once it is committed', async () => {
    await node.ordered(await node.person(1));
    await eventually(async () => (await held(startJobs.name)) === 1);
  });
});
