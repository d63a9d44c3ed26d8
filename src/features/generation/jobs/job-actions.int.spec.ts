import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Database } from '../../../platform/database/database.js';
import { Ledger } from '../../credits/index.js';
import { SubmissionEnds } from '../submissions/submission-ends.js';
import { generationWorld, type GenerationNode, type GenerationWorld } from '../testing/generation-world.js';
import { kieError } from '../testing/scripted-kie.js';
import { walk } from '../testing/walk.js';
import type { GenerationJob } from './generation-job.entity.js';
import { JobActions } from './job-actions.js';
import { JobEnds } from './job-ends.js';
import { isWaitedFor } from '../testing/is-waited-for.js';

const BY = { actor: 'user:1' };

describe('the ends of jobs, and what the operator does about them', () => {
  let world: GenerationWorld;
  let node: GenerationNode;
  let ends: JobEnds;
  let actions: JobActions;
  let database: Database;
  beforeAll(async () => {
    world = await generationWorld();
    node = await world.start();
    ends = node.app.get(JobEnds, { strict: false });
    actions = node.app.get(JobActions, { strict: false });
    database = node.app.get(Database);
  });
  afterAll(() => world.close());
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const newJob = async (credits = 1): Promise<GenerationJob> => (await node.ordered(await node.person(credits)))[0]!;
  const submitting = async () => walk(node.jobs, (await newJob()).id, 'submitting');
  const balanceOf = ({ tgUserId }: GenerationJob) => node.balance(tgUserId);
  const delivered = async () => {
    const job = await walk(node.jobs, (await newJob()).id, 'submitting', 'generating', 'delivering');
    await ends.deliver(job, 'file');
    return node.jobs.get(job.id);
  };
  const failed = async () => {
    const job = await submitting();
    await ends.fail(job, kieError({ class: 'USER_VIOLATION', code: '501', message: 'not allowed' }));
    return node.jobs.get(job.id);
  };

  describe('a failure', () => {
    it('gives the credit back and says why, once', async () => {
      const job = await submitting();
      const error = kieError({ class: 'USER_VIOLATION', code: '501', message: 'not allowed' });
      const ended = await Promise.all(Array.from({ length: 3 }, () => ends.fail(job, error)));
      expect(ended.filter(Boolean)).toHaveLength(1);
      expect(await node.jobs.get(job.id)).toMatchObject({
        status: 'failed',
        errorClass: 'USER_VIOLATION',
        errorCode: '501',
        errorMessage: 'not allowed',
      });
      expect(await balanceOf(job)).toEqual({ available: 1, held: 0 });
      expect(node.frontend.of(job.id)).toEqual(['failed']);
      expect(node.frontend.shown.at(-1)!.failure).toEqual({
        class: 'USER_VIOLATION',
        model: expect.any(String) as string,
        credits: 1,
      });
    });

    it('that is cut off before the commit has never been', async () => {
      const job = await submitting();
      vi.spyOn(node.frontend, 'failed').mockRejectedValueOnce(new Error('Killed'));
      await expect(ends.fail(job, kieError())).rejects.toThrow('Killed');
      expect(await node.jobs.get(job.id)).toEqual(job);
      expect(await balanceOf(job)).toEqual({ available: 0, held: 1 });
    });

    it('gives up what the provider may still be making', async () => {
      const job = await submitting();
      await database.query(
        `INSERT INTO generation_submissions (job_id, attempt, model, key_id, account, token_hash, state)
         SELECT $1, 1, 'a model', id, account, 'hash', 'unanswered' FROM generation_keys LIMIT 1`,
        [job.id],
      );
      await database.query('UPDATE generation_keys SET in_flight = 1');
      await ends.fail(job, kieError());
      const [row] = await database.query(
        `SELECT state, in_flight FROM generation_submissions s JOIN generation_keys k ON k.id = s.key_id WHERE job_id = $1`,
        [job.id],
      );
      expect(row).toEqual({ state: 'lost', in_flight: 0 });
    });
  });

  it('of two jobs of a person do not wait for each other, one with the key and one with the credits', async () => {
    const jobs = await node.ordered(await node.person(3), { count: 3 });
    const [one, other] = await Promise.all(jobs.slice(0, 2).map(({ id }) => walk(node.jobs, id, 'submitting')));
    await database.query(
      `INSERT INTO generation_submissions (job_id, attempt, model, key_id, account, token_hash, state)
       SELECT job.id, 1, 'a model', key.id, account, 'hash', 'unanswered'
       FROM generation_keys key, unnest($1::uuid[]) AS job (id)`,
      [[one!.id, other!.id]],
    );
    let hasKey: () => void = () => undefined;
    const second = new Promise<void>((resolve) => (hasKey = resolve)).then(() => ends.fail(other!, kieError()));
    const first = database.transaction(async () => {
      await node.app.get(SubmissionEnds, { strict: false }).giveUp(one!.id);
      hasKey();
      await isWaitedFor(database);
      return ends.fail(one!, kieError());
    });
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(await balanceOf(one!)).toEqual({ available: 2, held: 1 });
  });

  describe('another try', () => {
    it('waits in the queue for its time', async () => {
      const job = await submitting();
      const before = Date.now();
      expect(await ends.retry(job, kieError(), { delaySec: 20, tell: true })).toBe(true);
      const queued = await node.jobs.get(job.id);
      expect(queued).toMatchObject({ status: 'queued', errorClass: 'TEMPORARY', attempts: job.attempts });
      expect(queued.nextAttemptAt!.getTime()).toBeGreaterThanOrEqual(before + 20_000);
      expect(node.frontend.of(job.id)).toEqual(['retrying']);
      expect(await balanceOf(job)).toEqual({ available: 0, held: 1 });
    });

    it('with another key or model is silent, and takes the attempt back', async () => {
      const job = await submitting();
      await node.jobs.write(job.id, { attempts: 2 });
      expect(await ends.again(job, kieError({ class: 'BILLING' }), 'sora-2-image-to-video')).toBe(true);
      expect(await node.jobs.get(job.id)).toMatchObject({
        status: 'queued',
        attempts: 1,
        nextAttemptAt: null,
        model: 'sora-2-image-to-video',
      });
      expect(node.frontend.of(job.id)).toEqual([]);
    });

    it('is not for a job that somebody else has in his hands', async () => {
      const job = await submitting();
      await node.jobs.claim(job.id, 'submitting', job.run);
      expect(await ends.retry(job, kieError(), { delaySec: 1, tell: true })).toBe(false);
      expect(await ends.again(job, kieError())).toBe(false);
      expect(await ends.fail(job, kieError())).toBe(false);
      expect(node.frontend.of(job.id)).toEqual([]);
    });
  });

  describe('cancelling', () => {
    it('gives the credit back while the job waits', async () => {
      const job = await newJob();
      expect(await actions.cancel(job.id, BY)).toMatchObject({ status: 'cancelled' });
      expect(await balanceOf(job)).toEqual({ available: 1, held: 0 });
      expect(node.frontend.of(job.id)).toEqual(['cancelled']);
      await expect(actions.cancel(job.id, BY)).rejects.toMatchObject({ code: 'generation.wrong_status' });
    });

    it('comes too late once it moves', async () => {
      const job = await submitting();
      await expect(actions.cancel(job.id, BY)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await node.jobs.get(job.id)).toEqual(job);
    });

    it('or beginning: one of the two happens', async () => {
      const job = await newJob();
      const [cancelled, begun] = await Promise.all([ends.cancel(job.id, null), node.jobs.move(job, 'submitting')]);
      expect([cancelled, begun !== null].filter(Boolean)).toHaveLength(1);
      expect(await balanceOf(job)).toEqual(cancelled ? { available: 1, held: 0 } : { available: 0, held: 1 });
    });
  });

  describe('trying a failed job anew', () => {
    it('holds the credit again and begins from the start', async () => {
      const job = await failed();
      const queued = await actions.retry(job.id, { ...BY, note: 'a mistake of ours' });
      expect(queued).toMatchObject({ status: 'queued', round: 2, attempts: 0, errorClass: null, errorCode: null });
      expect(await balanceOf(job)).toEqual({ available: 0, held: 1 });
      const again = await walk(node.jobs, job.id, 'submitting', 'generating', 'delivering');
      await ends.deliver(again, 'file');
      expect(await balanceOf(job)).toEqual({ available: 0, held: 0 });
      const entries = await database.query<{ kind: string; reference: string }>(
        `SELECT kind, reference FROM credit_entries WHERE reference LIKE $1
         AND held_delta <> 0 ORDER BY seq`,
        [`job:${job.id}%`],
      );
      expect(entries.map(({ kind, reference }) => `${kind} ${reference}`)).toEqual([
        `hold job:${job.id}`,
        `release job:${job.id}`,
        `hold job:${job.id}:2`,
        `capture job:${job.id}:2`,
      ]);
    });

    it('pressed twice at once is once', async () => {
      const job = await failed();
      const tries = await Promise.allSettled([actions.retry(job.id, BY), actions.retry(job.id, BY)]);
      expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await node.jobs.get(job.id)).toMatchObject({ round: 2 });
    });

    it('needs credits, and leaves the job as it is without them', async () => {
      const job = await failed();
      await node.ordered(job.tgUserId);
      await expect(actions.retry(job.id, BY)).rejects.toMatchObject({
        code: 'generation.not_enough_credits',
        kind: 'conflict',
      });
      expect(await node.jobs.get(job.id)).toEqual(job);
    });

    it('removes a video that was stored and could not be sent', async () => {
      const job = await failed();
      const resultKey = `generation/${job.id}/video.mp4`;
      const path = join(world.dataDir, 'storage', resultKey);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, 'a video');
      await node.jobs.write(job.id, { resultKey });
      expect(await actions.retry(job.id, BY)).toMatchObject({ status: 'queued', resultKey: null });
      expect(existsSync(dirname(path))).toBe(false);
    });

    it('needs the photo', async () => {
      const job = await failed();
      await database.query('DELETE FROM generation_photos WHERE key = $1', [job.photoKey]);
      await expect(actions.retry(job.id, BY)).rejects.toMatchObject({ code: 'generation.photo_gone' });
    });

    it('is not for others', async () => {
      const { id } = await submitting();
      await expect(actions.retry(id, BY)).rejects.toMatchObject({ code: 'generation.wrong_status' });
      await expect(actions.retry(randomUUID(), BY)).rejects.toMatchObject({
        code: 'generation.job_not_found',
        kind: 'not_found',
      });
    });
  });

  describe('a refund', () => {
    it('is of a delivered video, once', async () => {
      const job = await delivered();
      await actions.refund(job.id, { ...BY, note: 'a bad one' });
      expect(await balanceOf(job)).toEqual({ available: 1, held: 0 });
      expect((await node.jobs.timeline(job.id)).at(-1)).toMatchObject({ note: 'Refunded: a bad one' });
      await expect(actions.refund(job.id, BY)).rejects.toMatchObject({ code: 'generation.refunded_before' });
      expect(await balanceOf(job)).toEqual({ available: 1, held: 0 });
      expect(node.frontend.of(job.id)).toEqual(['refunded']);
    });

    it('is of nothing else', async () => {
      const job = await failed();
      const refund = vi.spyOn(Ledger.prototype, 'refund');
      await expect(actions.refund(job.id, BY)).rejects.toMatchObject({ code: 'generation.wrong_status' });
      expect(refund).not.toHaveBeenCalled();
    });
  });
});
