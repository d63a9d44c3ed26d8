import { Database } from '../../../platform/database/database.js';
import { submitJob } from '../generation.jobs.js';
import { KeyDesk } from '../keys/key-desk.js';
import type { GenerationNode, GenerationWorld } from '../testing/generation-world.js';
import { kieError } from '../testing/scripted-kie.js';
import { SubmissionsRepository } from '../submissions/submissions.repository.js';
import { PhotoHandover } from './photo-handover.js';
import { Submitting } from './submitting.js';
import { useProvider, type ProviderSteps } from './testing/provider-steps.js';

describe('a submission that is not answered, or not heard', () => {
  let world: GenerationWorld;
  let node: GenerationNode;
  let steps: ProviderSteps;
  const never = new AbortController().signal;
  const provider = useProvider();
  beforeAll(() => {
    ({ world, node, steps } = provider());
  });

  const submitting = () => node.app.get(Submitting, { strict: false });
  /** Begins a call whose answer takes its time. @returns what lets it come, and waits for what follows */
  const slowly = async (id: string) => {
    let answer: () => void = () => undefined;
    world.kie.onCreate = async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return world.kie.accept();
    };
    const slow = submitting().run(id, (await steps.get(id)).run, never);
    await vi.waitFor(() => expect(world.kie.created).toHaveLength(1));
    return () => {
      answer();
      return slow;
    };
  };

  describe('without an answer', () => {
    const lost = () => {
      world.kie.onCreate = () => ({ ok: false, unanswered: true, error: kieError({ code: 'TIMEOUT' }) });
    };

    it('waits a minute, then submits another attempt', async () => {
      lost();
      const { id } = await steps.job();
      const waiting = await steps.submit(id);
      expect(waiting).toMatchObject({ status: 'submitting', attempts: 1, claim: null });
      expect(await steps.states(id)).toEqual(['unanswered']);
      expect(await steps.delayOf(submitJob.name, id)).toBe(60_000);

      await steps.submit(id);
      expect(world.kie.created).toHaveLength(1);
      expect(await steps.states(id)).toEqual(['unanswered']);

      await steps.age(id, 61);
      expect(await steps.submit(id)).toMatchObject({ status: 'queued', errorClass: 'TEMPORARY', attempts: 1 });
      expect(node.frontend.of(id)).toEqual(['retrying']);
      expect(world.kie.created).toHaveLength(1);

      world.kie.onCreate = () => world.kie.accept();
      expect(await steps.submit(id)).toMatchObject({ status: 'generating', attempts: 2 });
      expect(await steps.states(id)).toEqual(['unanswered', 'accepted']);
      expect(await steps.inFlight()).toBe(2);
    });

    it('waits three minutes where callbacks come from outside', async () => {
      lost();
      const { id } = await steps.job();
      const outside = await world.start({ PUBLIC_BASE_URL: 'https://nexus.example' });
      await outside.app.get(Submitting, { strict: false }).run(id, (await steps.get(id)).run, never);
      expect(await steps.delayOf(submitJob.name, id)).toBe(180_000);
      expect([world.kie.uploads, world.kie.created[0]?.callBackUrl.slice(0, 21)]).toEqual([0, 'https://nexus.example']);
      await outside.close();
    });

    it('fails after three of them, and counts none of them any more', async () => {
      lost();
      const { id } = await steps.job();
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        await steps.submit(id);
        await steps.age(id, 61);
        await steps.submit(id);
      }
      expect(await steps.get(id)).toMatchObject({ status: 'failed', attempts: 3 });
      expect(world.kie.created).toHaveLength(3);
      expect(await steps.states(id)).toEqual(['lost', 'lost', 'lost']);
      expect(await steps.inFlight()).toBe(0);
      expect(await steps.credits(id)).toEqual({ available: 1, held: 0 });
    });

    it('is told by a thrown error, too: nobody knows what was sent', async () => {
      world.kie.onCreate = () => Promise.reject(new Error('the socket is gone'));
      const { id } = await steps.job();
      expect((await steps.submit(id)).status).toBe('submitting');
      expect(await steps.states(id)).toEqual(['unanswered']);
    });
  });

  describe('when its worker dies', () => {
    const endLease = (id: string) =>
      steps.database.query(`UPDATE generation_jobs SET lease_until = now() - interval '1 second' WHERE id = $1`, [id]);

    it('between the record and the call, asks for no second task at once', async () => {
      const { id } = await steps.job();
      // As a killed process: what comes after the record is never written.
      vi.spyOn(world.kie, 'createTask').mockImplementation(() => new Promise(() => undefined));
      void submitting().run(id, (await steps.get(id)).run, never);
      await vi.waitFor(async () => expect(await steps.states(id)).toEqual(['sending']));
      vi.restoreAllMocks();

      await endLease(id);
      await steps.submit(id);
      expect(await steps.get(id)).toMatchObject({ status: 'submitting', attempts: 1, losses: 1 });
      const [submission] = await steps.submissions(id);
      expect(submission?.state).toBe('unanswered');
      expect(submission?.answeredAt).not.toBeNull();
      expect(world.kie.created).toEqual([]);

      await steps.age(id, 61);
      await steps.submit(id);
      expect((await steps.submit(id)).status).toBe('generating');
      expect(world.kie.created).toHaveLength(1);
    });

    it('between the answer and its record, goes on with the task when it turns out', async () => {
      const { id } = await steps.job();
      const accept = vi.spyOn(node.app.get(SubmissionsRepository, { strict: false }), 'accept');
      accept.mockRejectedValueOnce(new Error('killed'));
      await expect(steps.submit(id)).rejects.toThrow('killed');
      expect([await steps.states(id), (await steps.get(id)).status]).toEqual([['sending'], 'submitting']);

      await endLease(id);
      await steps.submit(id);
      const taskId = world.kie.created[0]?.taskId;
      await steps.database.query(
        `UPDATE generation_submissions SET hinted_task_id = $2, called_back_at = now() WHERE job_id = $1`,
        [id, taskId],
      );
      expect(await steps.submit(id)).toMatchObject({ status: 'generating', providerTaskId: taskId, attempts: 1 });
      expect(world.kie.created).toHaveLength(1);
    });

    it('and is only slow, its late answer counts: the job goes on with it', async () => {
      const { id } = await steps.job();
      const answer = await slowly(id);
      await endLease(id);
      await steps.submit(id);
      expect(await steps.states(id)).toEqual(['unanswered']);
      await answer();
      expect(await steps.states(id)).toEqual(['accepted']);
      expect(await steps.submit(id)).toMatchObject({ status: 'generating', attempts: 1 });
      expect(world.kie.created).toHaveLength(1);
    });

    it('or seems to, before its call: another has made one meanwhile, and it makes none', async () => {
      const { id } = await steps.job();
      const photos = vi.spyOn(node.app.get(PhotoHandover, { strict: false }), 'urlFor');
      photos.mockImplementationOnce(async () => {
        await endLease(id);
        expect((await steps.submit(id)).status).toBe('generating');
        return { ok: true, url: 'https://uploads.example/photo.jpg' };
      });
      await steps.submit(id);
      expect(world.kie.created).toHaveLength(1);
      expect([await steps.states(id), (await steps.get(id)).attempts]).toEqual([['accepted'], 1]);
    });

    it('and its answer comes when the job has failed, it is a loss, and nothing else', async () => {
      const { id } = await steps.job();
      const answer = await slowly(id);
      await steps.database.query('UPDATE generation_jobs SET losses = 5 WHERE id = $1', [id]);
      await endLease(id);
      await steps.reconcile();
      expect(await steps.get(id)).toMatchObject({ status: 'failed', errorCode: 'INTERRUPTED' });
      await answer();
      expect([await steps.states(id), (await steps.get(id)).status]).toEqual([['lost'], 'failed']);
      expect(await steps.notes(id)).toContainEqual(expect.stringContaining('was answered too late'));
      expect([await steps.inFlight(), await steps.credits(id)]).toEqual([0, { available: 1, held: 0 }]);
    });
  });

  it('takes the task of another call for no answer', async () => {
    const other = await steps.generating();
    world.kie.onCreate = () => ({ ok: true, value: { taskId: String(other.providerTaskId) } });
    const { id } = await steps.job();
    expect(await steps.submit(id)).toMatchObject({ status: 'submitting', attempts: 1, claim: null });
    expect([await steps.states(id), await steps.states(other.id)]).toEqual([['unanswered'], ['accepted']]);
    expect((await steps.notes(id)).at(-1)).toContain(String(other.providerTaskId));
  });

  describe('refused the last time, while an earlier call turns out to have made a task', () => {
    const refused = async () => {
      world.kie.onCreate = () => ({ ok: false, unanswered: true, error: kieError({ code: 'TIMEOUT' }) });
      const { id } = await steps.job();
      await steps.submit(id);
      await steps.age(id, 61);
      await steps.submit(id);
      await node.jobs.write(id, { attempts: 2 });
      world.kie.onCreate = async () => {
        const [first] = world.kie.created;
        if (first) first.taskId = `late-${id}`;
        await steps.database.query(
          `UPDATE generation_submissions SET hinted_task_id = $2, called_back_at = now() WHERE job_id = $1 AND attempt = 1`,
          [id, `late-${id}`],
        );
        return { ok: false, error: kieError() };
      };
      expect(await steps.submit(id)).toMatchObject({ status: 'submitting', attempts: 3, claim: null });
      return id;
    };

    it('goes on with that', async () => {
      const id = await refused();
      expect(await steps.submit(id)).toMatchObject({ status: 'generating', providerTaskId: `late-${id}` });
      expect(await steps.states(id)).toEqual(['accepted', 'refused']);
      expect(node.frontend.of(id)).not.toContain('failed');
      expect(world.kie.created).toHaveLength(2);
    });

    it('fails when the task is not its own, without another call', async () => {
      const id = await refused();
      world.kie.onLook = (taskId) => ({
        ok: true,
        value: { taskId, model: 'another', callBackUrl: null, result: { state: 'working', progress: null } },
      });
      expect(await steps.submit(id)).toMatchObject({ status: 'failed', attempts: 3, errorClass: 'TEMPORARY' });
      expect(await steps.states(id)).toEqual(['lost', 'refused']);
      expect(await steps.credits(id)).toEqual({ available: 1, held: 0 });
      expect(world.kie.created).toHaveLength(2);
    });
  });

  it('writes the task down when the database comes back', async () => {
    const { id } = await steps.job();
    const database = node.app.get(Database);
    const away = Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' });
    world.kie.onCreate = () => {
      vi.spyOn(database, 'transaction').mockRejectedValueOnce(away);
      return world.kie.accept();
    };
    expect((await steps.submit(id)).status).toBe('generating');
  });

  it('knows its task even when nobody can tell the key', async () => {
    vi.spyOn(node.app.get(KeyDesk, { strict: false }), 'answered').mockRejectedValue(new Error('broken'));
    const { id } = await steps.job();
    await expect(steps.submit(id)).rejects.toThrow('broken');
    expect([(await steps.get(id)).status, await steps.states(id)]).toEqual(['generating', ['accepted']]);
  });
});
