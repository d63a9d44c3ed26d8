import { randomUUID } from 'node:crypto';
import type { Page } from '../../../../platform/http-server/paging.js';
import { makeBatch, makeJob } from '../../testing/make-job.js';
import { operatorWorld, type OperatorWorld } from '../testing/operator-world.js';
import type { GenerationBatchDetailsDto, GenerationBatchDto } from './batch.dto.js';

describe('/api/v1/generation/batches', () => {
  let world: OperatorWorld;
  beforeAll(async () => {
    world = await operatorWorld();
  });
  afterAll(() => world.close());

  it('are for admins alone', async () => {
    for (const path of ['/generation/batches', `/generation/batches/${randomUUID()}`]) {
      expect((await world.ask(path, { token: null })).status).toBe(401);
      expect((await world.ask(path, { token: world.userToken })).status).toBe(403);
    }
  });

  it('are listed, the newest first, and found by person and time', async () => {
    const fields = { createdAt: new Date('2026-11-20T10:00:00Z'), size: 3, costCredits: 6, language: 'ru' } as const;
    const older = await makeBatch(world.database, { tgUserId: 8, chatId: 9, ...fields });
    const newer = await makeBatch(world.database, { createdAt: new Date('2026-11-20T11:00:00Z') });
    const idsOf = async (query: string) => {
      const { body } = await world.ask<Page<GenerationBatchDto>>(`/generation/batches?${query}`);
      return body.items.map(({ id }) => id);
    };
    expect(await idsOf('')).toEqual([newer, older]);
    expect(await idsOf('tgUserId=8')).toEqual([older]);
    expect(await idsOf('from=2026-11-20T11:00:00Z')).toEqual([newer]);
    expect(await idsOf('to=2026-11-20T11:00:00Z')).toEqual([older]);
    const { body } = await world.ask<Page<GenerationBatchDto>>('/generation/batches?page=2&pageSize=1');
    expect(body).toEqual({
      total: 2,
      page: 2,
      pageSize: 1,
      items: [
        {
          id: older,
          bot: 'generation',
          chatId: 9,
          tgUserId: 8,
          language: 'ru',
          kind: 'ugc',
          size: 3,
          costCredits: 6,
          createdAt: '2026-11-20T10:00:00.000Z',
        },
      ],
    });
  });

  it('one of them has its jobs in the order in which they were confirmed', async () => {
    const draftId = randomUUID();
    const batchId = await makeBatch(world.database, { draftId, size: 3 });
    const createdAt = new Date();
    const jobs = ['2', '0', '1'].map((index) =>
      makeJob(world.database, { batchId, createdAt, idempotencyKey: `${draftId}:${index}` }),
    );
    const [third, first, second] = await Promise.all(jobs);
    await makeJob(world.database);
    const { status, body } = await world.ask<GenerationBatchDetailsDto>(`/generation/batches/${batchId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: batchId, size: 3, jobs: [{ id: first }, { id: second }, { id: third }] });
    expect(Object.keys(body.jobs[0] ?? {})).toHaveLength(16);
  });

  it('one that is not there is not found', async () => {
    const { status, body } = await world.ask(`/generation/batches/${randomUUID()}`);
    expect([status, body.code]).toEqual([404, 'generation.batch_not_found']);
  });
});
