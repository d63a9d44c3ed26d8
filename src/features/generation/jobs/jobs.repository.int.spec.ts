import { randomUUID } from 'node:crypto';
import { Database } from '../../../platform/database/database.js';
import { generationWorld, type GenerationNode, type GenerationWorld } from '../testing/generation-world.js';
import { makeJob } from '../testing/make-job.js';
import { walk } from '../testing/walk.js';
import type { GenerationJob } from './generation-job.entity.js';
import { JOB_STATUSES, TRANSITIONS, type JobStatus } from './job-status.js';
import type { JobsRepository } from './jobs.repository.js';

describe('the rows of jobs', () => {
  let world: GenerationWorld;
  let node: GenerationNode;
  let jobs: JobsRepository;
  let database: Database;
  beforeAll(async () => {
    world = await generationWorld();
    node = await world.start();
    ({ jobs } = node);
    database = node.app.get(Database);
  });
  afterAll(() => world.close());

  const newJob = async (...statuses: JobStatus[]): Promise<GenerationJob> => {
    const [job] = await node.ordered(await node.person(1));
    return walk(jobs, job!.id, ...statuses);
  };
  const endLease = (id: string) =>
    database.query(`UPDATE generation_jobs SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);

  it('change only as the table says', async () => {
    for (const from of JOB_STATUSES) {
      const job = await jobs.get(await makeJob(database, { status: from }));
      for (const to of JOB_STATUSES.filter((each) => !TRANSITIONS[from].includes(each))) {
        expect(await jobs.move(job, to)).toBeNull();
      }
      expect(await jobs.get(job.id)).toEqual(job);
      for (const to of TRANSITIONS[from]) {
        const other = await jobs.get(await makeJob(database, { status: from }));
        expect(await jobs.move(other, to)).toMatchObject({ status: to, run: other.run + 1 });
      }
    }
  });

  it('keep a timeline, and when each status was entered', async () => {
    const { id } = await newJob('submitting');
    await jobs.remark(id, 'submitting', 'something');
    await jobs.move({ id, claim: null }, 'queued', { errorCode: '500' }, 'why');
    const timeline = await jobs.timeline(id);
    expect(timeline.map(({ from, to, note }) => [from, to, note])).toEqual([
      [null, 'queued', null],
      ['queued', 'submitting', null],
      ['submitting', 'submitting', 'something'],
      ['submitting', 'queued', 'why'],
    ]);
    const { timings, errorCode } = await jobs.get(id);
    expect(errorCode).toBe('500');
    expect(Date.parse(timings.queued!)).toBeGreaterThanOrEqual(Date.parse(timings.submitting!));
  });

  it('are taken by one of many workers', async () => {
    const { id, run } = await newJob('submitting');
    const claims = await Promise.all(Array.from({ length: 10 }, () => jobs.claim(id, 'submitting', run)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it('are not taken for a step that is over, or was another', async () => {
    const { id, run } = await newJob('submitting');
    expect(await jobs.claim(id, 'prompting', run)).toBeNull();
    expect(await jobs.claim(id, 'submitting', run - 1)).toBeNull();
    const claimed = await jobs.claim(id, 'submitting', run);
    const moved = await jobs.move(claimed!, 'generating');
    expect(moved).toMatchObject({ status: 'generating', claim: null, leaseUntil: null, run: run + 1 });
    expect(await jobs.claim(id, 'generating', run)).toBeNull();
  });

  it('in the hands of a worker are changed by nobody else', async () => {
    const { id, run } = await newJob('submitting');
    const claimed = (await jobs.claim(id, 'submitting', run))!;
    for (const claim of [null, randomUUID()]) {
      expect(await jobs.move({ id, claim }, 'failed')).toBeNull();
      expect(await jobs.askAgain({ id, claim })).toBeNull();
    }
    expect(await jobs.keep(claimed)).toBe(true);
    expect(await jobs.askAgain(claimed, { lookAt: new Date() })).toMatchObject({ claim: null, run: run + 1 });
    expect(await jobs.keep(claimed)).toBe(false);
  });

  it('of a worker that is not heard of any more are taken by another, and it comes too late', async () => {
    const { id, run } = await newJob('submitting');
    const lost = (await jobs.claim(id, 'submitting', run))!;
    await endLease(id);
    const taken = (await jobs.claim(id, 'submitting', run))!;
    expect(taken.losses).toBe(1);
    expect(await jobs.move(lost, 'generating')).toBeNull();
    expect(await jobs.move(taken, 'generating')).not.toBeNull();
  });

  it('of such a worker may be moved by somebody without a claim', async () => {
    const { id, run } = await newJob('submitting');
    await jobs.claim(id, 'submitting', run);
    await endLease(id);
    expect(await jobs.move({ id, claim: null }, 'queued')).not.toBeNull();
  });

  it('move once when many try at the same time, with one line for it', async () => {
    const { id } = await newJob('submitting');
    const moved = await Promise.all(
      Array.from({ length: 10 }, (_, index) => jobs.move({ id, claim: null }, index % 2 ? 'generating' : 'queued')),
    );
    // From the queue, and while it is generating, other moves are allowed that these are not.
    const timeline = await jobs.timeline(id);
    expect(timeline).toHaveLength(2 + moved.filter((job) => job !== null).length);
    for (const [index, line] of timeline.slice(1).entries()) expect(line.from).toBe(timeline[index]!.to);
  });

  it('stay as they were when the transaction of a move is rolled back', async () => {
    const job = await newJob('submitting');
    const work = database.transaction(async () => {
      await jobs.move(job, 'generating', { providerTaskId: randomUUID() });
      throw new Error('Killed');
    });
    await expect(work).rejects.toThrow('Killed');
    expect(await jobs.get(job.id)).toEqual(job);
    expect(await jobs.timeline(job.id)).toHaveLength(2);
  });
});
