import { ClientOfflineError } from 'redis';
import { Redis } from '../../../platform/redis/redis.js';
import { lookJob } from '../generation.jobs.js';
import type { GenerationNode, GenerationWorld } from '../testing/generation-world.js';
import { kieError } from '../testing/scripted-kie.js';
import { Submitting } from './submitting.js';
import { useProvider, type ProviderSteps } from './testing/provider-steps.js';

describe('the step of the submission', () => {
  let world: GenerationWorld;
  let node: GenerationNode;
  let steps: ProviderSteps;
  const never = new AbortController().signal;
  const provider = useProvider();
  beforeAll(() => {
    ({ world, node, steps } = provider());
  });

  const submitting = () => node.app.get(Submitting, { strict: false });

  it('has the attempt on record before the call, and the task right after it', async () => {
    const before = await steps.job();
    let during: unknown;
    world.kie.onCreate = async () => {
      const [submission] = await steps.submissions(before.id);
      const { attempts, status } = await steps.get(before.id);
      during = { state: submission?.state, attempts, status, inFlight: await steps.inFlight() };
      return world.kie.accept();
    };
    const job = await steps.submit(before.id);
    expect(during).toEqual({ state: 'sending', attempts: 1, status: 'submitting', inFlight: 1 });
    const [submission] = await steps.submissions(job.id);
    const taskId = world.kie.created[0]?.taskId;
    expect(submission).toMatchObject({ state: 'accepted', providerTaskId: taskId, attempt: 1 });
    expect(submission?.answeredAt).not.toBeNull();
    expect(job).toMatchObject({ status: 'generating', providerTaskId: taskId, attempts: 1, claim: null });
    expect(await steps.delayOf(lookJob.name, job.id)).toBe(10_000);
    expect(await steps.inFlight()).toBe(1);
    expect(world.kie.created[0]?.callBackUrl).toContain(`/api/v1/generation/kie/callback/${job.id}.1.`);
    expect(JSON.stringify(await steps.submissions(job.id))).not.toContain(
      world.kie.created[0]?.callBackUrl.split('.').at(-1),
    );
  });

  it('calls createTask once, however many workers are asked for it and however often', async () => {
    const { id, run } = await steps.job();
    const other = await world.start();
    const workers = [submitting(), other.app.get(Submitting, { strict: false })];
    await Promise.all([...workers, ...workers, ...workers].map((worker) => worker.run(id, run, never)));
    await submitting().run(id, run, never);
    await submitting().run(id, run + 1, never);
    await other.close();
    expect(world.kie.created).toHaveLength(1);
    expect(await steps.states(id)).toEqual(['accepted']);
    expect((await steps.get(id)).attempts).toBe(1);
  });

  it('hands back what it has not begun when the process stops', async () => {
    const { id, run } = await steps.job();
    await submitting().run(id, run, AbortSignal.abort());
    expect(await steps.get(id)).toMatchObject({ status: 'submitting', claim: null, attempts: 0, losses: 0 });
    expect(world.kie.created).toEqual([]);
    expect((await steps.submit(id)).status).toBe('generating');
  });

  it.each([
    ['TEMPORARY', {}, 'queued', 1, ['started', 'retrying']],
    ['RATE_LIMIT', { code: '429' }, 'queued', 1, ['started']],
    ['UNKNOWN', {}, 'queued', 1, ['started', 'retrying']],
    ['USER_VIOLATION', {}, 'failed', 1, ['started', 'failed']],
    ['CONFIG', {}, 'failed', 1, ['started', 'failed']],
  ] as const)('after a refusal %s %j becomes %s', async (errorClass, changes, status, attempts, shown) => {
    world.kie.onCreate = () => ({ ok: false, error: kieError({ class: errorClass, ...changes }) });
    const job = await steps.submit((await steps.job()).id);
    expect(job).toMatchObject({ status, attempts, errorClass, claim: null });
    expect(await steps.states(job.id)).toEqual(['refused']);
    expect(await steps.inFlight()).toBe(0);
    expect([...node.frontend.of(job.batchId), ...node.frontend.of(job.id)]).toEqual(shown);
    expect(await steps.credits(job.id)).toEqual(
      status === 'failed' ? { available: 1, held: 0 } : { available: 0, held: 1 },
    );
  });

  it('gives up after three attempts, and gives the credit back once', async () => {
    world.kie.onCreate = () => ({ ok: false, error: kieError() });
    const { id } = await steps.job();
    for (let attempt = 1; attempt <= 3; attempt += 1) await steps.submit(id);
    await steps.reconcile();
    expect(await steps.get(id)).toMatchObject({ status: 'failed', attempts: 3 });
    expect(world.kie.created).toHaveLength(3);
    expect(await steps.states(id)).toEqual(['refused', 'refused', 'refused']);
    expect(await steps.credits(id)).toEqual({ available: 1, held: 0 });
    expect(node.frontend.of(id).filter((what) => what === 'failed')).toHaveLength(1);
  });

  it('without money goes to another key silently, and fails when there is none', async () => {
    world.kie.onCreate = () => ({ ok: false, error: kieError({ class: 'BILLING', code: '402' }) });
    const { id } = await steps.job();
    expect(await steps.submit(id)).toMatchObject({ status: 'queued', attempts: 0, nextAttemptAt: null });
    expect(node.frontend.of(id)).toEqual([]);
    const keys = await steps.database.query<{ status: string }>('SELECT status FROM generation_keys');
    expect(keys).toEqual([{ status: 'billing_blocked' }]);
    expect(await steps.submit(id)).toMatchObject({ status: 'failed', errorClass: 'BILLING', attempts: 0 });
    expect(world.kie.created).toHaveLength(1);
    expect(await steps.credits(id)).toEqual({ available: 1, held: 0 });
  });

  it('fails without any key to upload with, and the operator is told', async () => {
    await steps.database.query(`UPDATE generation_keys SET status = 'invalid'`);
    await steps.database.query('DELETE FROM alerts');
    const { id } = await steps.job();
    expect(await steps.submit(id)).toMatchObject({
      status: 'failed',
      errorClass: 'BILLING',
      errorCode: 'KEYS_INVALID',
    });
    expect(await steps.credits(id)).toEqual({ available: 1, held: 0 });
    const alerts = await steps.database.query('SELECT name FROM alerts WHERE resolved_at IS NULL');
    expect(alerts).toEqual([{ name: 'generation_no_healthy_key' }]);
  });

  it('with a paused model takes the next one, which is asked for no more than it takes', async () => {
    world.kie.onCreate = ({ model }) =>
      model === 'bytedance/seedance-2'
        ? { ok: false, error: kieError({ class: 'CONFIG', detail: 'model_paused', message: 'temporarily paused' }) }
        : world.kie.accept();
    const { id } = await steps.job('x'.repeat(15_000));
    expect(await steps.submit(id)).toMatchObject({ status: 'queued', attempts: 0, model: 'sora-2-image-to-video' });
    expect(await steps.submit(id)).toMatchObject({ status: 'generating', attempts: 1 });
    expect(node.frontend.of(id)).toEqual([]);
    const [first, second] = world.kie.created;
    expect(String(first?.input.prompt)).toHaveLength(15_000);
    expect(String(second?.input.prompt)).toHaveLength(10_000);
  });

  it('fails when all models are paused', async () => {
    world.kie.onCreate = () => ({ ok: false, error: kieError({ class: 'CONFIG', detail: 'model_paused' }) });
    const { id } = await steps.job();
    await steps.submit(id);
    expect(await steps.submit(id)).toMatchObject({ status: 'failed', errorClass: 'CONFIG' });
    expect(world.kie.created.map(({ model }) => model)).toEqual(['bytedance/seedance-2', 'sora-2-image-to-video']);
    expect(await steps.credits(id)).toEqual({ available: 1, held: 0 });
  });

  it('waits in the queue for a free key, without an attempt', async () => {
    await steps.database.query(
      `UPDATE generation_keys SET status = 'rate_limited', blocked_until = now() + interval '30 seconds'`,
    );
    const job = await steps.submit((await steps.job()).id);
    expect(job).toMatchObject({ status: 'queued', attempts: 0 });
    expect(job.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now());
    expect([world.kie.created, await steps.submissions(job.id)]).toEqual([[], []]);
  });

  it('uploads the photo once for all jobs with it, before anything is on record', async () => {
    const tgUserId = await node.person(3);
    const order = await node.order(tgUserId);
    const { photoKey } = order;
    for (const { id } of await node.ordered(tgUserId, { photoKey, count: 3 })) {
      await node.jobs.write(id, { finalPrompt: 'a mug' });
      expect((await steps.submit(id)).status).toBe('generating');
    }
    expect([world.kie.uploads, world.kie.created.length]).toEqual([1, 3]);
    expect(JSON.stringify(world.kie.created[2]?.input)).toContain('https://uploads.example/photo.jpg');
  });

  it('uploads it anew when nobody remembers whether it was', async () => {
    const { client } = node.app.get(Redis);
    vi.spyOn(client, 'get').mockRejectedValueOnce(new ClientOfflineError());
    vi.spyOn(client, 'set').mockRejectedValueOnce(new ClientOfflineError());
    expect((await steps.submit((await steps.job()).id)).status).toBe('generating');
    expect(world.kie.uploads).toBe(1);
  });

  it('counts an upload that fails as an attempt', async () => {
    world.kie.onUpload = () => ({ ok: false, error: kieError({ code: 'NETWORK' }) });
    const { id } = await steps.job();
    expect(await steps.submit(id)).toMatchObject({ status: 'queued', attempts: 1 });
    await steps.submit(id);
    expect(await steps.submit(id)).toMatchObject({ status: 'failed', attempts: 3 });
    expect([world.kie.created, await steps.submissions(id), await steps.inFlight()]).toEqual([[], [], 0]);
    expect(await steps.credits(id)).toEqual({ available: 1, held: 0 });
  });

  it('fails when the photo is gone', async () => {
    const { id, photoKey } = await steps.job();
    await steps.database.query('DELETE FROM generation_photos WHERE key = $1', [photoKey]);
    expect(await steps.submit(id)).toMatchObject({ status: 'failed', errorCode: 'PHOTO_GONE' });
  });
});
