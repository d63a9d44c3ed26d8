import { Redis } from '../../../platform/redis/redis.js';
import { Jobs } from '../../../platform/queue/jobs.js';
import { deliverJob, lookJob, promptJob, submitJob } from '../generation.jobs.js';
import type { GenerationJob } from '../jobs/generation-job.entity.js';
import type { JobStatus } from '../jobs/job-status.js';
import type { GenerationNode, GenerationWorld } from '../testing/generation-world.js';
import { isWaitedFor } from '../testing/is-waited-for.js';
import { kieError } from '../testing/scripted-kie.js';
import { walk } from '../testing/walk.js';
import { useProvider, type ProviderSteps } from './testing/provider-steps.js';

const QUEUES = [promptJob, submitJob, lookJob, deliverJob].map(({ name }) => name);

describe('the reconciler', () => {
  let world: GenerationWorld;
  let node: GenerationNode;
  let steps: ProviderSteps;
  const provider = useProvider();
  beforeAll(() => {
    ({ world, node, steps } = provider());
  });
  beforeEach(() => steps.database.query('DELETE FROM generation_jobs'));

  const change = (id: string, set: string) =>
    steps.database.query(`UPDATE generation_jobs SET ${set} WHERE id = $1`, [id]);
  /** As if all that has happened to the job were so much longer ago. */
  const old = async (id: string, seconds = 60) => {
    const ago = (column: string) => `${column} = ${column} - interval '${seconds} seconds'`;
    await change(id, ['updated_at', 'look_at', 'lease_until'].map(ago).join(', '));
    await steps.age(id, seconds);
  };
  const inStatus = async (status: JobStatus): Promise<GenerationJob> => {
    const [job] = await node.ordered(await node.person(1));
    const way: JobStatus[] = ['prompting', 'submitting', 'generating', 'delivering'];
    await walk(node.jobs, job!.id, ...way.slice(0, way.indexOf(status) + 1));
    return steps.get(job!.id);
  };
  /** What Bull holds, of a Redis that has just been flushed. */
  const asked = async () => {
    const jobs = await Promise.all(
      QUEUES.map((name) => node.app.get(Jobs).queue(name).getJobs(['waiting', 'delayed'])),
    );
    return jobs.flat().map(({ id }) => String(id));
  };
  const forget = () => node.app.get(Redis).client.flushAll();

  it.each([
    ['prompting', 'prompt'],
    ['submitting', 'submit'],
    ['generating', 'look'],
    ['delivering', 'deliver'],
  ] as const)('asks for the step of a job in %s that Bull has lost, after a while', async (status, step) => {
    const { id, run } = await inStatus(status);
    await forget();
    await steps.reconcile();
    expect(await asked()).toEqual([]);
    await old(id, 16);
    await steps.reconcile();
    await steps.reconcile();
    expect(await asked()).toEqual([`${id}-${step}-${run}`]);
    expect((await steps.get(id)).run).toBe(run);
  });

  it('asks for a look that is late, not for one that is to come', async () => {
    const { id } = await steps.generating();
    await forget();
    await change(id, `updated_at = now() - interval '1 hour', look_at = now() - interval '19 seconds'`);
    await steps.reconcile();
    expect(await asked()).toEqual([]);
    await old(id, 2);
    await steps.reconcile();
    expect(await asked()).toEqual([`${id}-look-${(await steps.get(id)).run}`]);
  });

  it('leaves alone who is worked on, until the lease has ended', async () => {
    const { id, run } = await inStatus('prompting');
    await node.jobs.claim(id, 'prompting', run);
    await forget();
    await change(id, `updated_at = now() - interval '1 hour'`);
    await steps.reconcile();
    expect(await asked()).toEqual([]);
    await old(id, 121);
    await steps.reconcile();
    expect(await asked()).toEqual([`${id}-prompt-${run}`]);
    expect(await node.jobs.claim(id, 'prompting', run)).toMatchObject({ losses: 1 });
  });

  it('leaves alone what waits for Telegram, in the queue, or is over', async () => {
    const waiting = await inStatus('delivering');
    await node.jobs.write(waiting.id, { resultKey: `generation/${waiting.id}/video.mp4` });
    const [queued] = await node.ordered(await node.person(1));
    const failed = await inStatus('prompting');
    await walk(node.jobs, failed.id, 'failed');
    for (const id of [waiting.id, queued!.id, failed.id]) {
      await change(id, `updated_at = now() - interval '1 hour', losses = 7`);
    }
    await forget();
    const before = JSON.stringify(await steps.database.query('SELECT * FROM generation_jobs ORDER BY id'));
    await steps.reconcile();
    expect(await asked()).toEqual([]);
    expect(JSON.stringify(await steps.database.query('SELECT * FROM generation_jobs ORDER BY id'))).toBe(before);
  });

  it('knows a call whose worker died for unanswered after a minute, so that the window of its account goes on', async () => {
    const { id } = await steps.generating();
    await steps.database.query(`UPDATE generation_submissions SET state = 'sending', answered_at = NULL`);
    await steps.reconcile();
    expect(await steps.states(id)).toEqual(['sending']);
    await steps.age(id, 61);
    await steps.reconcile();
    const [submission] = await steps.submissions(id);
    expect(submission?.state).toBe('unanswered');
    expect(Date.now() - (submission?.answeredAt?.getTime() ?? 0)).toBeLessThan(30_000);
    expect(await steps.inFlight()).toBe(1);
  });

  it('closes what is open of jobs that are over, and counts it back once', async () => {
    world.kie.onCreate = () => ({ ok: false, unanswered: true, error: kieError({ code: 'TIMEOUT' }) });
    const { id } = await steps.job();
    await steps.submit(id);
    await change(id, `status = 'failed'`);
    expect(await steps.inFlight()).toBe(1);
    await Promise.all([steps.reconcile(), steps.reconcile(), steps.reconcile()]);
    expect([await steps.states(id), await steps.inFlight()]).toEqual([['lost'], 0]);
    expect(await steps.notes(id)).toContain(
      'Loss of the operator: attempt 1 was never answered; it may have been paid for',
    );
  });

  it('closes it in the order of everybody else, so that a late callback is not in its way', async () => {
    world.kie.onCreate = () => ({ ok: false, unanswered: true, error: kieError({ code: 'TIMEOUT' }) });
    const { id } = await steps.job();
    await steps.submit(id);
    await change(id, `status = 'failed'`);
    let isLocked: () => void = () => undefined;
    const reconciled = new Promise<void>((resolve) => (isLocked = resolve)).then(() => steps.reconcile());
    await steps.database.transaction(async () => {
      await node.jobs.lock(id);
      isLocked();
      await isWaitedFor(steps.database);
      await steps.database.query('UPDATE generation_submissions SET called_back_at = now() WHERE job_id = $1', [id]);
    });
    await reconciled;
    expect(await steps.states(id)).toEqual(['lost']);
  });

  it('gives up a job that has cost five workers, and gives the credit back once', async () => {
    const { id, run } = await inStatus('prompting');
    for (let loss = 1; loss <= 5; loss += 1) {
      await node.jobs.claim(id, 'prompting', run);
      await old(id, 121);
      await steps.reconcile();
      expect((await steps.get(id)).status).toBe('prompting');
    }
    await node.jobs.claim(id, 'prompting', run);
    await steps.reconcile();
    expect((await steps.get(id)).status).toBe('prompting');
    await old(id, 121);
    await Promise.all([steps.reconcile(), steps.reconcile()]);
    expect(await steps.get(id)).toMatchObject({ status: 'failed', errorClass: 'UNKNOWN', errorCode: 'INTERRUPTED' });
    expect(await steps.credits(id)).toEqual({ available: 1, held: 0 });
    expect(node.frontend.of(id)).toEqual(['failed']);
  });
});
