import { randomUUID } from 'node:crypto';
import type { Page } from '../../../../platform/http-server/paging.js';
import { GenerationJob, holdReference } from '../../jobs/generation-job.entity.js';
import { GenerationSubmission } from '../../jobs/generation-submission.entity.js';
import { GenerationPhoto } from '../../photos/generation-photo.entity.js';
import { makeBatch, makeEvent, makeJob } from '../../testing/make-job.js';
import { operatorWorld, type OperatorWorld } from '../testing/operator-world.js';
import type { GenerationJobDto } from './job.dto.js';
import type { GenerationJobDetailsDto } from './job-details.dto.js';

const ANNA = 7_000_000_001;

describe('/api/v1/generation/jobs', () => {
  let world: OperatorWorld;
  beforeAll(async () => {
    world = await operatorWorld();
  });
  afterAll(() => world.close());
  beforeEach(() => world.empty());

  const make = (fields: Partial<GenerationJob> = {}) => makeJob(world.database, fields);

  it('are for admins alone', async () => {
    const id = await make();
    const routes = [
      ['GET', '/generation/jobs'],
      ['GET', `/generation/jobs/${id}`],
      ...['retry', 'cancel', 'refund'].map((action) => ['POST', `/generation/jobs/${id}/${action}`]),
    ] as [string, string][];
    for (const [method, path] of routes) {
      expect([path, (await world.ask(path, { method, token: null })).status]).toEqual([path, 401]);
      expect([path, (await world.ask(path, { method, token: world.userToken })).status]).toEqual([path, 403]);
    }
  });

  describe('the list', () => {
    const idsOf = async (query: string) => {
      const { body } = await world.ask<Page<GenerationJobDto>>(`/generation/jobs?${query}`);
      return body.items.map(({ id }) => id);
    };

    it('has these fields and no others', async () => {
      const batchId = await makeBatch(world.database);
      const id = await make({
        batchId,
        status: 'queued',
        attempts: 2,
        nextAttemptAt: new Date('2026-11-20T10:02:00Z'),
        costCredits: 3,
        providerTaskId: 'task-1',
        errorClass: 'TEMPORARY',
        errorCode: '500',
        errorMessage: 'Internal Error',
        createdAt: new Date('2026-11-20T10:00:00Z'),
        updatedAt: new Date('2026-11-20T10:01:00Z'),
      });
      const { body } = await world.ask<Page<GenerationJobDto>>('/generation/jobs');
      expect(body).toEqual({
        total: 1,
        page: 1,
        pageSize: 20,
        items: [
          {
            id,
            batchId,
            tgUserId: ANNA,
            bot: 'generation',
            kind: 'ugc',
            model: 'bytedance/seedance-2',
            status: 'queued',
            attempts: 2,
            nextAttemptAt: '2026-11-20T10:02:00.000Z',
            costCredits: 3,
            providerTaskId: 'task-1',
            errorClass: 'TEMPORARY',
            errorCode: '500',
            errorMessage: 'Internal Error',
            createdAt: '2026-11-20T10:00:00.000Z',
            updatedAt: '2026-11-20T10:01:00.000Z',
          },
        ],
      });
    });

    it('is the newest first, and finds by status, person, batch, class of the error and time', async () => {
      const at = (hour: number) => new Date(`2026-11-20T${hour}:00:00Z`);
      const oldest = await make({ createdAt: at(10), status: 'delivered', tgUserId: 8 });
      const batchId = await makeBatch(world.database);
      const middle = await make({ createdAt: at(11), batchId });
      const newest = await make({ createdAt: at(12), status: 'failed', errorClass: 'USER_VIOLATION' });
      expect(await idsOf('')).toEqual([newest, middle, oldest]);
      expect(await idsOf('status=delivered')).toEqual([oldest]);
      expect(await idsOf('tgUserId=8')).toEqual([oldest]);
      expect(await idsOf(`batchId=${batchId}`)).toEqual([middle]);
      expect(await idsOf('errorClass=USER_VIOLATION')).toEqual([newest]);
      expect(await idsOf('from=2026-11-20T11:00:00Z')).toEqual([newest, middle]);
      expect(await idsOf('to=2026-11-20T11:00:00Z')).toEqual([oldest]);
      expect(await idsOf('status=failed&tgUserId=8')).toEqual([]);
      expect(await idsOf('page=2&pageSize=2')).toEqual([oldest]);
    });

    it.each([
      ['status', 'lost'],
      ['tgUserId', '1e300'],
      ['tgUserId', 'anna'],
      ['batchId', '7'],
      ['errorClass', 'OTHER'],
      ['from', 'yesterday'],
      ['colour', 'red'],
    ])('refuses %s=%s', async (field, value) => {
      const { status, body } = await world.ask(`/generation/jobs?${field}=${value}`);
      expect(status).toBe(400);
      expect(new Set(body.errors?.map((error) => error.field))).toEqual(new Set([field]));
    });
  });

  it('one of them has its timeline and what was submitted, in order', async () => {
    const id = await make({ status: 'generating', wishes: 'More light', finalPrompt: 'A hand lifts the mug' });
    const times = ['2026-11-20T10:00:00.000Z', '2026-11-20T10:00:05.000Z', '2026-11-20T10:00:06.000Z'];
    await makeEvent(world.database, id, { from: null, to: 'queued', at: new Date(times[0] ?? '') });
    await makeEvent(world.database, id, { from: 'queued', to: 'prompting', at: new Date(times[1] ?? '') });
    await makeEvent(world.database, id, {
      from: 'prompting',
      to: 'prompting',
      at: new Date(times[2] ?? ''),
      note: 'Hm',
    });
    await makeEvent(world.database, await make(), { from: null, to: 'queued' });
    const submissions = world.database.repository(GenerationSubmission);
    const submission = { jobId: id, model: 'bytedance/seedance-2', account: 'main', tokenHash: 'f'.repeat(64) };
    const sentAt = new Date(times[2] ?? '');
    await submissions.insert({ ...submission, attempt: 2, state: 'accepted', providerTaskId: 'task-2', sentAt });
    await submissions.insert({
      ...submission,
      attempt: 1,
      state: 'refused',
      sentAt,
      answeredAt: sentAt,
      endedAt: sentAt,
    });
    const { body } = await world.ask<GenerationJobDetailsDto>(`/generation/jobs/${id}`);
    expect(body).toMatchObject({ id, status: 'generating', wishes: 'More light', finalPrompt: 'A hand lifts the mug' });
    expect(body.timeline).toEqual([
      { at: times[0], from: null, to: 'queued', note: null },
      { at: times[1], from: 'queued', to: 'prompting', note: null },
      { at: times[2], from: 'prompting', to: 'prompting', note: 'Hm' },
    ]);
    expect(body.submissions).toMatchObject([
      { attempt: 1, state: 'refused', answeredAt: times[2], endedAt: times[2], providerTaskId: null },
      { attempt: 2, state: 'accepted', answeredAt: null, endedAt: null, providerTaskId: 'task-2' },
    ]);
    expect(JSON.stringify(body)).not.toContain(submission.tokenHash);
  });

  it('one that is not there is not found', async () => {
    for (const path of ['', '/retry', '/cancel', '/refund']) {
      const method = path === '' ? 'GET' : 'POST';
      const { status, body } = await world.ask(`/generation/jobs/${randomUUID()}${path}`, { method });
      expect([path, status, body.code]).toEqual([path, 404, 'generation.job_not_found']);
    }
  });

  describe('what the operator does', () => {
    const owner = { ownerKind: 'tg_user', ownerId: String(ANNA) } as const;
    const audit = () =>
      world.database.query('SELECT actor, action, subject, before, after FROM audit_log ORDER BY at, id');
    const balance = () => world.ledger.balance(owner);
    const act = <Body>(id: string, action: string, json?: object) =>
      world.post<Body>(`/generation/jobs/${id}/${action}`, json);
    let before: { available: number; held: number };

    /** With the credits of its round held. */
    const paid = async (fields: Partial<GenerationJob> = {}) => {
      await world.ledger.grant({ owner, amount: 2, idempotencyKey: randomUUID(), actor: 'system' });
      before = await balance();
      const id = await make({ costCredits: 2, ...fields });
      const reference = holdReference({ id, round: 1 });
      await world.ledger.hold(owner, [{ reference, amount: 2, idempotencyKey: `hold:${reference}` }], 'system');
      return { id, reference };
    };

    it('cancel: what waits in the queue goes, its credits come back, and it is written down', async () => {
      const { id } = await paid();
      const { status, body } = await act<GenerationJobDto>(id, 'cancel', { note: 'He has asked for it' });
      expect([status, body]).toMatchObject([200, { id, status: 'cancelled' }]);
      expect(Object.keys(body)).toHaveLength(16);
      expect(await balance()).toEqual(before);
      expect(await audit()).toEqual([
        {
          actor: `user:${world.adminId}`,
          action: 'generation_job.cancelled',
          subject: `generation_job:${id}`,
          before: { status: 'queued', round: 1 },
          after: { status: 'cancelled', round: 1, costCredits: 2, note: 'He has asked for it' },
        },
      ]);
      expect((await act(id, 'cancel')).status).toBe(409);
      expect(await audit()).toHaveLength(1);
    });

    it('refund: the credits of a delivered video come back once', async () => {
      const { id, reference } = await paid({ status: 'delivered' });
      await world.ledger.capture(reference);
      expect(await act<GenerationJobDto>(id, 'refund')).toMatchObject({
        status: 200,
        body: { id, status: 'delivered' },
      });
      expect(await balance()).toEqual(before);
      expect(await act(id, 'refund')).toMatchObject({ status: 409, body: { code: 'generation.refunded_before' } });
      expect(await balance()).toEqual(before);
      expect(await audit()).toMatchObject([{ action: 'generation_job.refunded', after: { note: null } }]);
    });

    it('retry: a failed job is tried anew, and paid for again', async () => {
      const { id, reference } = await paid({
        status: 'failed',
        attempts: 3,
        errorClass: 'TEMPORARY',
        errorCode: '500',
      });
      await world.ledger.release(reference);
      const key = `generation/photos/${id}.jpg`;
      const facts = { contentType: 'image/jpeg', sizeBytes: 5, width: 512, height: 512 } as const;
      await world.database.repository(GenerationPhoto).insert({ key, tgUserId: ANNA, ...facts });
      const { status, body } = await act<GenerationJobDto>(id, 'retry', {});
      expect(status).toBe(200);
      expect(body).toMatchObject({ id, status: 'queued', attempts: 0, errorClass: null, errorCode: null });
      const after = await balance();
      expect(after).toEqual({ available: before.available - 2, held: before.held + 2 });
      expect(await audit()).toMatchObject([
        {
          action: 'generation_job.retried',
          before: { status: 'failed', round: 1 },
          after: { status: 'queued', round: 2 },
        },
      ]);
      expect((await act(id, 'retry')).status).toBe(409);
      expect(await balance()).toEqual(after);
    });

    it.each([
      ['retry', 'queued'],
      ['retry', 'delivered'],
      ['cancel', 'generating'],
      ['cancel', 'failed'],
      ['refund', 'failed'],
      ['refund', 'generating'],
    ] as const)('%s: nothing, when it is %s', async (action, status) => {
      const id = await make({ status });
      expect(await act(id, action)).toMatchObject({ status: 409, body: { code: 'generation.wrong_status' } });
      expect(await audit()).toEqual([]);
    });

    it.each([[{ note: '' }], [{ note: 'x'.repeat(501) }], [{ note: 7 }], [{ note: 'a\0b' }], [{ reason: 'x' }], [[]]])(
      'refuses the body %j',
      async (json) => {
        expect((await act(await make(), 'cancel', json)).status).toBe(400);
      },
    );
  });
});
