import { Jobs } from '../../../platform/queue/jobs.js';
import { lookJob } from '../generation.jobs.js';
import { KeyDesk } from '../keys/key-desk.js';
import type { GenerationNode, GenerationWorld } from '../testing/generation-world.js';
import { kieError } from '../testing/scripted-kie.js';
import { Looking } from './looking.js';
import { useProvider, type ProviderSteps } from './testing/provider-steps.js';

describe('the look at a task', () => {
  let world: GenerationWorld;
  let node: GenerationNode;
  let steps: ProviderSteps;
  const never = new AbortController().signal;
  const provider = useProvider();
  beforeAll(() => {
    ({ world, node, steps } = provider());
  });

  const looking = () => node.app.get(Looking, { strict: false });
  const delayOf = async (id: string) => {
    const { run } = await steps.get(id);
    const jobs = await node.app.get(Jobs).queue(lookJob.name).getDelayed();
    return jobs.find(({ id: bullId }) => bullId === `${id}-look-${run}`)?.opts.delay;
  };
  const fail = (changes: Parameters<typeof kieError>[0] = {}) => {
    world.kie.onLook = (taskId) =>
      world.kie.record(taskId, { state: 'fail', error: kieError(changes), creditsConsumed: 0 });
  };
  const working = () => {
    world.kie.onLook = (taskId) => world.kie.record(taskId, { state: 'working', progress: 50 });
  };

  it('goes on with the video once it is there, once', async () => {
    const { id, run } = await steps.generating();
    const other = await world.start();
    const workers = [looking(), other.app.get(Looking, { strict: false })];
    await Promise.all([...workers, ...workers, ...workers].map((worker) => worker.run(id, run, never)));
    await looking().run(id, run + 1, never);
    await other.close();
    expect(await steps.get(id)).toMatchObject({ status: 'delivering', resultUrl: world.kie.resultUrl, claim: null });
    expect(world.kie.looks).toHaveLength(1);
    expect([await steps.states(id), await steps.inFlight()]).toEqual([['succeeded'], 0]);
    expect((await steps.notes(id)).at(-1)).toContain('60 credits of KIE');
  });

  it('comes again while the task works', async () => {
    working();
    const { id } = await steps.generating();
    expect(await steps.look(id)).toMatchObject({ status: 'generating', claim: null });
    expect(await delayOf(id)).toBe(15_000);
    expect([await steps.states(id), await steps.inFlight()]).toEqual([['accepted'], 1]);
  });

  it('comes later the more tasks a key has', async () => {
    working();
    const { id } = await steps.generating();
    await steps.database.query(
      `INSERT INTO generation_submissions (job_id, attempt, model, key_id, account, token_hash, state)
       SELECT job_id, 100 + n, model, key_id, account, '', 'accepted'
       FROM generation_submissions, generate_series(1, 999) n WHERE job_id = $1`,
      [(await steps.generating()).id],
    );
    await steps.look(id);
    expect(await delayOf(id)).toBe((1_001 / 5) * 1_000);
  });

  it('waits for its turn to query in place when that is near, and comes again when it is not', async () => {
    working();
    const { id } = await steps.generating();
    const turn = vi.spyOn(node.app.get(KeyDesk, { strict: false }), 'queryTurn');
    turn.mockResolvedValueOnce(5).mockResolvedValueOnce(0);
    await steps.look(id);
    expect([turn.mock.calls.length, world.kie.looks.length]).toEqual([2, 1]);
    turn.mockResolvedValueOnce(7_000);
    await steps.look(id);
    expect([world.kie.looks.length, await delayOf(id)]).toEqual([1, 7_000]);
  });

  it.each([
    ['is asked too often', { class: 'RATE_LIMIT', code: '429', retryAfterSec: 40 }, 40_000],
    ['is down', { code: '503' }, 15_000],
    ['is not reached', { code: 'NETWORK' }, 15_000],
    ['does not know the key', { class: 'CONFIG', detail: 'key_invalid', code: '401' }, 15_000],
  ] as const)('never ends a job when the provider %s', async (_what, error, delayMs) => {
    const { id } = await steps.generating();
    world.kie.onLook = () => ({ ok: false, error: kieError(error) });
    await steps.age(id, 29 * 60);
    expect((await steps.look(id)).status).toBe('generating');
    expect(await delayOf(id)).toBe(delayMs);
    expect(await steps.states(id)).toEqual(['accepted']);
    world.kie.onLook = (taskId) => world.kie.success(taskId);
    await steps.database.query(`UPDATE generation_keys SET status = 'active'`);
    expect((await steps.look(id)).status).toBe('delivering');
  });

  it.each([
    ['TEMPORARY', 'queued', 1],
    ['UNKNOWN', 'queued', 1],
    ['RATE_LIMIT', 'queued', 1],
    ['USER_VIOLATION', 'failed', 1],
    ['BILLING', 'queued', 0],
  ] as const)('after a failed task %s is %s', async (errorClass, status, attempts) => {
    fail({ class: errorClass });
    const job = await steps.look((await steps.generating()).id);
    expect(job).toMatchObject({ status, attempts, errorClass });
    expect([await steps.states(job.id), await steps.inFlight()]).toEqual([['failed'], 0]);
    const keys = await steps.database.query('SELECT status FROM generation_keys');
    expect(keys).toEqual([{ status: errorClass === 'BILLING' ? 'billing_blocked' : 'active' }]);
    const after = status === 'failed' ? { available: 1, held: 0 } : { available: 0, held: 1 };
    expect(await steps.credits(job.id)).toEqual(after);
  });

  it('retries an unknown failure once', async () => {
    fail({ class: 'UNKNOWN' });
    const { id } = await steps.generating();
    await steps.look(id);
    await steps.submit(id);
    expect(await steps.look(id)).toMatchObject({ status: 'failed', errorClass: 'UNKNOWN', attempts: 2 });
    expect(await steps.credits(id)).toEqual({ available: 1, held: 0 });
  });

  it('takes a success without a video for an unknown failure', async () => {
    const { id } = await steps.generating();
    world.kie.onLook = (taskId) => world.kie.record(taskId, { state: 'success', urls: [], creditsConsumed: null });
    expect(await steps.look(id)).toMatchObject({ status: 'queued', errorClass: 'UNKNOWN', errorCode: 'NO_VIDEO' });
    expect(await steps.states(id)).toEqual(['failed']);
  });

  it('gives a task up that takes too long, but not one that has succeeded by then', async () => {
    working();
    const [slow, late] = [await steps.generating(), await steps.generating()];
    for (const { id } of [slow, late]) await steps.age(id, 31 * 60);
    expect(await steps.look(slow.id)).toMatchObject({ status: 'queued', errorCode: 'TIMEOUT' });
    expect(await steps.states(slow.id)).toEqual(['lost']);
    expect(await steps.notes(slow.id)).toContainEqual(expect.stringContaining('Loss of the operator'));
    world.kie.onLook = (taskId) => world.kie.success(taskId);
    expect((await steps.look(late.id)).status).toBe('delivering');
    expect(await steps.inFlight()).toBe(0);
  });

  it('gives a task up that cannot be looked at for much longer', async () => {
    const { id } = await steps.generating();
    world.kie.onLook = () => ({ ok: false, error: kieError({ code: 'NETWORK' }) });
    await steps.age(id, 36 * 60);
    expect((await steps.look(id)).status).toBe('generating');
    await steps.age(id, 2 * 60);
    expect((await steps.look(id)).status).toBe('queued');
  });

  it('is patient with a task that is not known yet, for two minutes in a row', async () => {
    const { id } = await steps.generating();
    const unknown = () => {
      world.kie.onLook = (taskId) => world.kie.record(taskId, { state: 'unknown' });
    };
    unknown();
    expect((await steps.look(id)).status).toBe('generating');
    expect(await delayOf(id)).toBe(10_000);
    await steps.age(id, 119);
    working();
    expect((await steps.look(id)).status).toBe('generating');
    unknown();
    expect((await steps.look(id)).status).toBe('generating');
    await steps.age(id, 60);
    expect((await steps.look(id)).status).toBe('generating');
    await steps.age(id, 61);
    expect(await steps.look(id)).toMatchObject({ status: 'queued', errorClass: 'TEMPORARY', errorCode: 'NOT_KNOWN' });
    expect(await steps.states(id)).toEqual(['lost']);
  });

  describe('of a job with two tasks', () => {
    /** The first call was not answered at first, the second one was. */
    const two = async () => {
      world.kie.onCreate = () => ({ ok: false, unanswered: true, error: kieError({ code: 'TIMEOUT' }) });
      const { id } = await steps.job();
      await steps.submit(id);
      await steps.age(id, 61);
      await steps.submit(id);
      world.kie.onCreate = () => world.kie.accept();
      const job = await steps.submit(id);
      const [first] = world.kie.created;
      if (first) first.taskId = `late-${id}`;
      return { id, first: `late-${id}`, second: String(job.providerTaskId) };
    };
    const turnsOut = (id: string, taskId: string) =>
      steps.database.query(
        `UPDATE generation_submissions SET hinted_task_id = $2, called_back_at = now() WHERE job_id = $1 AND attempt = 1`,
        [id, taskId],
      );

    it('takes the first video, and the other task is the loss of the operator', async () => {
      const { id, first, second } = await two();
      await turnsOut(id, first);
      world.kie.onLook = (taskId) =>
        taskId === first ? world.kie.success(taskId) : world.kie.record(taskId, { state: 'working', progress: 1 });
      const job = await steps.look(id);
      expect(job).toMatchObject({ status: 'delivering', providerTaskId: first });
      expect([await steps.states(id), await steps.inFlight()]).toEqual([['succeeded', 'lost'], 0]);
      expect(await steps.notes(id)).toContainEqual(
        `Loss of the operator: attempt 2, task ${second}, is not needed any more; it may have been paid for`,
      );
    });

    it('goes on with one when the other fails', async () => {
      const { id, first, second } = await two();
      await turnsOut(id, first);
      world.kie.onLook = (taskId) =>
        taskId === second
          ? world.kie.record(taskId, { state: 'fail', error: kieError(), creditsConsumed: 0 })
          : world.kie.record(taskId, { state: 'working', progress: 1 });
      expect(await steps.look(id)).toMatchObject({ status: 'generating', attempts: 2 });
      expect([await steps.states(id), await steps.inFlight()]).toEqual([['accepted', 'failed'], 1]);
      expect(node.frontend.of(id)).toEqual(['retrying']);
      world.kie.onLook = (taskId) => world.kie.success(taskId);
      expect(await steps.look(id)).toMatchObject({ status: 'delivering', providerTaskId: first });
      expect(await steps.inFlight()).toBe(0);
    });

    it('does not wait for one that was never answered', async () => {
      const { id } = await two();
      fail();
      expect(await steps.look(id)).toMatchObject({ status: 'queued', attempts: 2 });
      expect([await steps.states(id), await steps.inFlight()]).toEqual([['unanswered', 'failed'], 1]);
    });

    it('submits nothing when the first one turns out while the job is in the queue', async () => {
      const { id, first } = await two();
      fail();
      await steps.look(id);
      await turnsOut(id, first);
      working();
      expect(await steps.submit(id)).toMatchObject({ status: 'generating', providerTaskId: first, attempts: 2 });
      expect(world.kie.created).toHaveLength(2);
    });

    it('believes no task that the provider has for somebody else', async () => {
      const { id, second } = await two();
      const foreign = await steps.generating();
      working();
      for (const taskId of [String(foreign.providerTaskId), second, 'not-there']) {
        await turnsOut(id, taskId);
        await steps.look(id);
        expect(await steps.states(id)).toEqual(['unanswered', 'accepted']);
      }
      expect(await steps.states(foreign.id)).toEqual(['accepted']);
    });
  });

  it('hands back what it has not begun when the process stops', async () => {
    const { id, run } = await steps.generating();
    await looking().run(id, run, AbortSignal.abort());
    expect(await steps.get(id)).toMatchObject({ status: 'generating', claim: null, losses: 0 });
    expect(world.kie.looks).toEqual([]);
    expect((await steps.look(id)).status).toBe('delivering');
  });
});
